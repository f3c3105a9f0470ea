/** How a page that asks whether a human is there is known: by a header or by its text, where given only with a status. */
interface Mark {
  /** For the reason: who asks. */
  readonly by: string;
  readonly status?: number;
  readonly header?: readonly [name: string, value: RegExp];
  /** In the page's title, or in a page so small that nothing else can be on it. */
  readonly text?: RegExp;
}

const marks: readonly Mark[] = [
  // https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
  { by: 'Cloudflare', header: ['cf-mitigated', /challenge/] },
  { by: 'Cloudflare', text: /_cf_chl_opt|Just a moment\.\.\.|Attention Required! \| Cloudflare|Checking your browser/ },
  { by: 'Vercel', header: ['x-vercel-mitigated', /challenge|deny/], text: /Vercel Security Checkpoint/ },
  { by: 'Alibaba Cloud', text: /acw_sc__v2|aliyun_waf|errors\.aliyun\.com/ },
  { by: 'Tencent EdgeOne', header: ['eo-waf-action', /./], text: /TencentCaptcha|edgeone.{0,40}(验证|challenge)/i },
  { by: 'SafeLine', text: /SafeLineChallenge|雷池.{0,20}(防护|验证|WAF)/ },
  { by: '创宇盾', text: /创宇盾|365cyd|jiasule/ },
  // The first cookie comes with its good pages, too.
  { by: '加速乐', status: 521, header: ['set-cookie', /__jsl(uid|_clearance)/] },
  { by: '加速乐', text: /__jsl_clearance/ },
  { by: 'Anubis', text: /Making sure you(['’]|&#0?39;|&#x27;|&apos;)re not a bot|anubis_challenge/ },
  { by: 'Imperva', text: /_Incapsula_Resource/ },
  { by: 'Sucuri', text: /sucuri_cloudproxy_js|Sucuri WebSite Firewall/ },
  { by: 'DDoS-Guard', text: /DDoS-Guard/ },
  { by: 'Imunify360', text: /imunify360/i },
  { by: '宝塔', text: /宝塔.{0,10}防火墙|btwaf/ },
  {
    by: 'a firewall',
    text: /网站防火墙|已被网站管理员设置拦截|请求带有不合法参数|您的(访问|请求)(已)?被(阻断|拦截)/,
  },
  {
    by: 'a firewall',
    text: /安全验证|人机验证|滑块验证|拖动滑块|访问验证|DDoS protection by|verify (that )?you are (a )?human/i,
  },
];

const smallPage = 8192;

/** Who asks whether a human is there, in a word; null where nobody does. `page`: the beginning of the text. */
export function challengerOf(
  { status, headers }: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  page: string,
): string | null {
  const text = page.length <= smallPage ? page : (/<title[^>]*>([^<]{0,200})/i.exec(page)?.[1] ?? '');
  const mark = marks.find(
    ({ status: only, header, text: words }) =>
      (only === undefined || only === status) &&
      ((header !== undefined && header[1].test(headers[header[0]] ?? '')) || (words !== undefined && words.test(text))),
  );
  return mark?.by ?? null;
}
