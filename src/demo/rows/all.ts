import { demoArticles } from '../articles/all.ts';
import { articleRows, datedArticles } from './articles.ts';
import { commentRows } from './comments.ts';
import { feedRows } from './feeds.ts';
import { friendRows } from './friends.ts';
import { hostRows } from './hosts.ts';
import { labelRows } from './labels.ts';
import { messageRows } from './messages.ts';
import { navigationRows } from './navigation.ts';
import { resultRows } from './results.ts';
import { sessionRows } from './sessions.ts';
import type { DemoRows, DemoSetting } from './setting.ts';
import { userRows } from './users.ts';
import { viewRows } from './views.ts';

/** Every row of the demo blog: a pure function of the setting, so that the same seed gives the same blog. */
export function demoRows(setting: DemoSetting): DemoRows {
  const users = userRows(setting);
  const dated = datedArticles(setting, demoArticles);
  const views = viewRows(setting, dated);
  return {
    // Django's SITE_ID is 2 on this blog: row 1 is Django's own example.com, which the blog's author deleted.
    django_site: [{ id: 2, name: 'demo', domain: setting.siteDomain }],
    oauth_ouser: users,
    ...labelRows(setting, demoArticles),
    ...articleRows(setting, demoArticles, dated, views.articleViews),
    ...views.rows,
    ...commentRows(setting, dated, users.length),
    ...messageRows(setting, users.length),
    blog_friendlink: friendRows(setting),
    ...navigationRows(setting),
    blog_feedhub: feedRows(setting),
    monitor_monitorserver: hostRows(setting),
    django_celery_results_taskresult: resultRows(setting),
    django_session: sessionRows(setting),
  };
}
