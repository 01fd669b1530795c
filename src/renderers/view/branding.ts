/** What a company customises in its reports. */
export interface Branding {
  readonly company: string | null;
  readonly logo: { readonly mediaType: string; readonly base64: string } | null;
  /** `#c74634`: for headings and lines, never for a verdict. null: the templates' own. */
  readonly accent: string | null;
  readonly footer: string | null;
}
