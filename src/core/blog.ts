/** Which Markdown the blog writes. */
export interface MarkdownSettings {
  readonly preset: 'izone' | 'commonmark';
  /** Extensions switched on or off by name, beside the preset's own choice. */
  readonly extensions?: Readonly<Record<string, boolean | undefined>> | undefined;
}

/** What the configuration says of the blog itself. */
export interface BlogSettings {
  /** Marks the crontab block; default: the database's name. */
  readonly name: string;
  /** The blog's address; null where it stands in the blog's own django_site row. */
  readonly url: string | null;
  /** Of the address in that row: the row holds no protocol. izone's IZONE_PROTOCOL_HTTPS. */
  readonly protocol: 'http' | 'https';
  /** IANA zone of the blog: Django's TIME_ZONE. */
  readonly timezone: string;
  /** Django's USE_TZ: with it the database holds UTC, without it naive local times of the zone. */
  readonly useTz: boolean;
  /** The row of django_site that is this blog. */
  readonly siteId: number;
  readonly markdown: MarkdownSettings;
}
