/** Names of algorithms and fields in certificates and time stamps. */
export const oids = {
  /** RFC 5754 */
  sha256: '2.16.840.1.101.3.4.2.1',
  /** RFC 5652: content of a signed message. */
  signedData: '1.2.840.113549.1.7.2',
  /** RFC 3161, section 2.4.2 */
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  /** RFC 5652, section 11.1 */
  contentType: '1.2.840.113549.1.9.3',
  /** RFC 2634, by SHA-1 */
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  /** RFC 5035 */
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  /** RFC 5280, section 4.2.1.12 */
  extendedKeyUsage: '2.5.29.37',
  /** RFC 3161, section 2.3 */
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const;
