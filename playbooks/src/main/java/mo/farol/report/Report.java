package mo.farol.report;

import java.time.Instant;

/**
 * A document that was made.
 *
 * @param id for ever
 * @param incident the case
 * @param number counts the case's reports from 1; a later one supersedes the earlier
 * @param format {@code html} or {@code json}
 * @param language of its headings, a BCP 47 tag; JSON has none of them
 * @param at when it was made
 * @param by who made it
 * @param sha256 of its bytes, hexadecimal
 * @param factsSha256 of the facts, the same in every format made of them
 */
public record Report(
    String id,
    String incident,
    int number,
    Format format,
    String language,
    Instant at,
    String by,
    String sha256,
    String factsSha256) {
  /** What a report is written as. */
  public enum Format {
    HTML,
    JSON
  }
}
