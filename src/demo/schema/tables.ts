import type { BlogTables } from '../../blog/tables.ts';

/**
 * The blog's tables, parents before children. A column is a name, a type and what is special about it: `null`,
 * `unique`, `indexed`, `primary`; `-> table` is an integer that refers to that table's id.
 */
export const tableColumns: Record<keyof BlogTables, string> = {
  django_site: 'id serial, name varchar(50), domain varchar(100) unique',
  oauth_ouser: `id serial, password varchar(128), last_login datetime null, is_superuser bool,
    username varchar(150) unique, last_name varchar(150), email varchar(254), is_staff bool, is_active bool,
    date_joined datetime, link varchar(200), avatar varchar(100), first_name varchar(150)`,
  blog_category: 'id serial, name varchar(20), slug varchar(50) unique, description text',
  blog_tag: 'id serial, name varchar(20), slug varchar(50) unique, description text',
  blog_keyword: 'id serial, name varchar(20)',
  blog_subject: `id serial, name varchar(50), status varchar(20), description varchar(250), sort_order integer,
    create_date datetime, update_date datetime, cover_image varchar(100)`,
  blog_topic: `id serial, name varchar(50), create_date datetime, update_date datetime, sort_order integer,
    subject_id -> blog_subject`,
  blog_article: `id serial, title varchar(150), summary text, body text, img_link varchar(100), create_date datetime,
    update_date datetime, views integer, slug varchar(50) unique, is_top bool, author_id -> oauth_ouser,
    category_id -> blog_category, is_publish bool, topic_order integer null, topic_short_title varchar(50) null,
    topic_id -> blog_topic null`,
  blog_article_tags: 'id serial, article_id -> blog_article, tag_id -> blog_tag',
  blog_article_keywords: 'id serial, article_id -> blog_article, keyword_id -> blog_keyword',
  blog_articleview: 'id serial, body text, create_date datetime, update_date datetime, date varchar(10) unique',
  blog_pageview: `id serial, url varchar(255) unique, name varchar(255) null, views integer, create_date datetime,
    update_date datetime, is_compute bool`,
  blog_friendlink: `id serial, name varchar(50), description varchar(100), link varchar(200), create_date datetime,
    is_active bool, is_show bool, not_show_reason varchar(50) null, logo varchar(100)`,
  blog_feedhub: `id serial, name varchar(50) unique, url varchar(255), icon text, is_active bool, create_date datetime,
    data text null, sort_order integer`,
  comment_articlecomment: `id serial, create_date datetime, content text, author_id -> oauth_ouser,
    belong_id -> blog_article, parent_id -> comment_articlecomment null, rep_to_id -> comment_articlecomment null`,
  comment_notification: `id serial, create_date datetime, is_read bool, comment_id -> comment_articlecomment,
    create_p_id -> oauth_ouser, get_p_id -> oauth_ouser`,
  comment_systemnotification: 'id serial, create_date datetime, is_read bool, title varchar(50), content text',
  comment_systemnotification_get_p: `id serial, systemnotification_id -> comment_systemnotification,
    ouser_id -> oauth_ouser`,
  webstack_firstmenu: `id serial, name varchar(10), icon varchar(30), sort_order integer, create_date datetime,
    update_date datetime`,
  webstack_secondmenu: `id serial, name varchar(10), icon varchar(30), sort_order integer, create_date datetime,
    update_date datetime, father_id -> webstack_firstmenu`,
  webstack_navigationsite: `id serial, name varchar(30), description varchar(100), link varchar(150),
    sort_order integer, create_date datetime, update_date datetime, logo varchar(100), menu_id -> webstack_secondmenu,
    is_show bool null, not_show_reason varchar(50) null`,
  monitor_monitorserver: `id serial, name varchar(30) unique, interval integer, sort_order integer,
    push_url varchar(60), username varchar(10) unique, password varchar(10) unique, secret_key varchar(64) null,
    secret_value varchar(256) null, data text null, create_date datetime, update_date datetime, active bool, alarm bool`,
  django_celery_results_taskresult: `id serial, task_id varchar(255) unique, status varchar(50) indexed,
    content_type varchar(128), content_encoding varchar(64), result text null, date_done datetime indexed,
    traceback text null, meta text null, task_args text null, task_kwargs text null, task_name varchar(255) null indexed,
    worker varchar(100) null indexed, date_created datetime indexed, periodic_task_name varchar(255) null`,
  django_session: 'session_key varchar(40) primary, session_data text, expire_date datetime indexed',
};

/** Pairs that may stand once only: the many-to-many tables. */
export const uniquePairs: Partial<Record<keyof BlogTables, readonly [string, string]>> = {
  blog_article_tags: ['article_id', 'tag_id'],
  blog_article_keywords: ['article_id', 'keyword_id'],
  comment_systemnotification_get_p: ['systemnotification_id', 'ouser_id'],
};

/** Unique keys that a later migration added, so that they have one of Django's names and not the database's. */
export const lateUniques: ReadonlySet<string> = new Set(['blog_articleview.date', 'django_site.domain']);

/** Indexes whose names are written down in a migration (django-celery-results). */
export const namedIndexes: Readonly<Record<string, string>> = {
  'django_celery_results_taskresult.status': 'django_cele_status_9b6201_idx',
  'django_celery_results_taskresult.task_name': 'django_cele_task_na_08aec9_idx',
  'django_celery_results_taskresult.worker': 'django_cele_worker_d54dd8_idx',
  'django_celery_results_taskresult.date_created': 'django_cele_date_cr_f04a50_idx',
  'django_celery_results_taskresult.date_done': 'django_cele_date_do_f59aad_idx',
};
