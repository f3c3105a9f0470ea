import {
  duration,
  optionalInteger,
  optionalText,
  secret,
  settings,
  toggle,
  webAddress,
  type SettingsOf,
} from '../../core/settings.ts';

const key = { pattern: /^[A-Za-z0-9-]{8,128}$/, expected: '8 to 128 letters, digits and dashes' };

const token = {
  pattern: /^[A-Za-z0-9_-]{4,128}$/,
  expected: '4 to 128 letters and digits, as ziyuan.baidu.com shows behind token=',
};
const site = {
  pattern: /^(https?:\/\/)?[^\s/?#@:\\]+(:\d{1,5})?\/?$/i,
  expected: 'the site as it is verified at Baidu, such as https://blog.example.test',
};

/** The settings of push-urls. An engine is used where its key or token is given. */
export const pushSettings = settings({
  baiduToken: secret('what stands behind token= in the address that ziyuan.baidu.com shows; best as ${file:/path}', {
    form: token,
  }),
  baiduSite: optionalText("the site as it is verified at Baidu; default: the blog's address", {
    placeholder: 'site',
    form: site,
  }),
  baiduEndpoint: webAddress('where Baidu takes addresses', { default: 'http://data.zz.baidu.com/urls' }),
  indexNowKey: optionalText("the key that the blog's key file holds", { placeholder: 'key', form: key }),
  indexNowKeyLocation: webAddress('where that file lies, if not at /KEY.txt'),
  indexNowEndpoint: webAddress('where addresses are taken', { default: 'https://api.indexnow.org/indexnow' }),
  since: duration('at the first push, what is older than this counts as known and is not sent', { default: '7d' }),
  all: toggle('send also what counts as known: for a new site', { default: false }),
  sitemap: optionalText("take the addresses from a sitemap (address or file) and not from the blog's articles", {
    placeholder: 'url|file',
  }),
  limit: optionalInteger('how many addresses at the most are sent to each engine', { min: 1, max: 50_000 }),
  preCheck: toggle('look at each address first, and send only what an engine can index', { default: true }),
  retry: toggle('ask also engines that are to be left alone until later', { default: false }),
});

/** Those settings, parsed. */
export type PushSettings = SettingsOf<typeof pushSettings>;
