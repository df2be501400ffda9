package io.tributary.bigquery.config;

/** How bytes arrive. */
public enum Encoding {
  /** As bytes. */
  BYTES,
  /** As text in base64. */
  BASE64,
  /** As text in base64 of the alphabet that is safe in addresses. */
  BASE64_URL_SAFE,
  /** As text of two hexadecimal digits for each. */
  HEX
}
