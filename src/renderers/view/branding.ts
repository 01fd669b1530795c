/** What a company puts of its own into its reports. */
export interface Branding {
  readonly company: string | null;
  readonly logo: { readonly mediaType: string; readonly base64: string } | null;
  /** `#c74634`: of headings and lines; never of a verdict. null: as the templates have it. */
  readonly accent: string | null;
  readonly footer: string | null;
}
