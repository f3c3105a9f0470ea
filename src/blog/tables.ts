import type { ColumnType, Generated } from 'kysely';

/**
 * A moment as the database writes it, always text: naive local time of the blog's zone (USE_TZ off) or UTC, with or
 * without a fraction. No driver ever makes a Date of it; `blog/time.ts` alone reads and writes this form.
 */
export type DbDate = string;

/** A truth value at the driver's level: 0/1 from SQLite and MySQL, true/false from PostgreSQL. Read it with `Boolean()`. */
export type DbBool = ColumnType<number | boolean>;

/** JSON kept as plain text: what it holds is checked where it is read. */
export type DbJson = string;

interface Row {
  id: Generated<number>;
}

/** A row between two others (many to many). */
type Link<Column extends string> = Row & Record<Column, number>;

interface Created extends Row {
  create_date: DbDate;
}

interface Kept extends Created {
  update_date: DbDate;
}

interface Sorted extends Kept {
  name: string;
  sort_order: number;
}

/** A post. Newest `create_date` first is the blog's own order. */
export interface BlogArticleTable extends Kept {
  title: string;
  summary: string;
  body: string;
  img_link: string;
  views: number;
  slug: string;
  is_top: DbBool;
  is_publish: DbBool;
  author_id: number;
  category_id: number;
  topic_id: number | null;
  topic_order: number | null;
  topic_short_title: string | null;
}

/** A series of topics; `status` is not_started, ongoing or completed. */
export interface BlogSubjectTable extends Sorted {
  status: string;
  description: string;
  cover_image: string;
}

/** A chapter of a subject. */
export interface BlogTopicTable extends Sorted {
  subject_id: number;
}

/** A search keyword of articles. */
export interface BlogKeywordTable extends Row {
  name: string;
}

/** A category or a tag: the two tables have the same columns. */
export interface BlogLabelTable extends BlogKeywordTable {
  slug: string;
  description: string;
}

/** Which article has which tag. */
export type BlogArticleTagsTable = Link<'article_id' | 'tag_id'>;

/** Which article has which keyword. */
export type BlogArticleKeywordsTable = Link<'article_id' | 'keyword_id'>;

/** A friend's site. Strangers apply through a public form: `link` is untrusted input. */
export interface BlogFriendlinkTable extends Created {
  name: string;
  description: string;
  link: string;
  is_active: DbBool;
  is_show: DbBool;
  not_show_reason: string | null;
  logo: string;
}

/** A feed that the blog shows; `data` is `{"entries": [{"title", "link"}…], "updated": "YYYYMMDD HH:MM:SS"}`. */
export interface BlogFeedhubTable extends Created {
  name: string;
  url: string;
  icon: string;
  is_active: DbBool;
  data: DbJson | null;
  sort_order: number;
}

/** One day's view counts, running totals; `date` is `YYYYMMDD`. */
export interface BlogArticleviewTable extends Kept {
  date: string;
  body: DbJson;
}

/** Views of a page that is no article; `url` is a route's name such as `blog:about` or `tool:ip`. */
export interface BlogPageviewTable extends Kept {
  url: string;
  name: string | null;
  views: number;
  is_compute: DbBool;
}

/** A reader's comment; `parent_id` is the first of its thread, `rep_to_id` the one it answers. */
export interface CommentArticlecommentTable extends Created {
  content: string;
  author_id: number;
  belong_id: number;
  parent_id: number | null;
  rep_to_id: number | null;
}

/** "You were answered": from `create_p` to `get_p`. */
export interface CommentNotificationTable extends Created {
  is_read: DbBool;
  comment_id: number;
  create_p_id: number;
  get_p_id: number;
}

/** A message of the blog to some of its users, named in `comment_systemnotification_get_p`. */
export interface CommentSystemnotificationTable extends Created {
  is_read: DbBool;
  title: string;
  content: string;
}

/** Receivers of a system notification. No ON DELETE CASCADE: these rows go before their parent. */
export type CommentSystemnotificationGetPTable = Link<'systemnotification_id' | 'ouser_id'>;

/** What Celery kept of a task's run. */
export interface CeleryTaskresultTable extends Row {
  task_id: string;
  status: string;
  content_type: string;
  content_encoding: string;
  result: DbJson | null;
  date_done: DbDate;
  traceback: string | null;
  meta: DbJson | null;
  task_args: string | null;
  task_kwargs: string | null;
  task_name: string | null;
  worker: string | null;
  date_created: DbDate;
  periodic_task_name: string | null;
}

/** A visitor's session; its key is its primary key. */
export interface DjangoSessionTable {
  session_key: string;
  session_data: string;
  expire_date: DbDate;
}

/** The blog's own host name; Django's SITE_ID (2 by default) says which row. */
export interface DjangoSiteTable extends Row {
  name: string;
  domain: string;
}

/** A host that pushes its state; `update_date` is the last push, `interval` is in seconds. */
export interface MonitorServerTable extends Sorted {
  interval: number;
  push_url: string;
  username: string;
  password: string;
  secret_key: string | null;
  secret_value: string | null;
  data: DbJson | null;
  active: DbBool;
  alarm: DbBool;
}

/** The blog's users (Django's custom user model). */
export interface OauthOuserTable extends Row {
  password: string;
  last_login: DbDate | null;
  is_superuser: DbBool;
  is_staff: DbBool;
  is_active: DbBool;
  username: string;
  first_name: string;
  last_name: string;
  email: string;
  date_joined: DbDate;
  link: string;
  avatar: string;
}

/** First floor of the navigation page. */
export interface WebstackFirstmenuTable extends Sorted {
  icon: string;
}

/** Second floor of the navigation page. */
export interface WebstackSecondmenuTable extends WebstackFirstmenuTable {
  father_id: number;
}

/** A site of the navigation page; `is_show` NULL means: never check, never show. */
export interface WebstackNavigationsiteTable extends Sorted {
  description: string;
  link: string;
  logo: string;
  menu_id: number;
  is_show: DbBool | null;
  not_show_reason: string | null;
}

/** The blog's tables that blogctl reads or writes, by their names in the database. */
export interface BlogTables {
  blog_article: BlogArticleTable;
  blog_article_keywords: BlogArticleKeywordsTable;
  blog_article_tags: BlogArticleTagsTable;
  blog_articleview: BlogArticleviewTable;
  blog_category: BlogLabelTable;
  blog_feedhub: BlogFeedhubTable;
  blog_friendlink: BlogFriendlinkTable;
  blog_keyword: BlogKeywordTable;
  blog_pageview: BlogPageviewTable;
  blog_subject: BlogSubjectTable;
  blog_tag: BlogLabelTable;
  blog_topic: BlogTopicTable;
  comment_articlecomment: CommentArticlecommentTable;
  comment_notification: CommentNotificationTable;
  comment_systemnotification: CommentSystemnotificationTable;
  comment_systemnotification_get_p: CommentSystemnotificationGetPTable;
  django_celery_results_taskresult: CeleryTaskresultTable;
  django_session: DjangoSessionTable;
  django_site: DjangoSiteTable;
  monitor_monitorserver: MonitorServerTable;
  oauth_ouser: OauthOuserTable;
  webstack_firstmenu: WebstackFirstmenuTable;
  webstack_navigationsite: WebstackNavigationsiteTable;
  webstack_secondmenu: WebstackSecondmenuTable;
}
