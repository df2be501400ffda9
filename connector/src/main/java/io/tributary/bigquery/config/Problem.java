package io.tributary.bigquery.config;

/**
 * Why a configuration cannot be used.
 *
 * @param key the key to correct
 * @param reason what is wrong with it; never the value of a secret
 * @param remedy what to do
 */
public record Problem(String key, String reason, String remedy) {
  /** The form in which people read it. */
  public String message() {
    return key + ": " + reason + " " + remedy;
  }
}
