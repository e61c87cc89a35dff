package mo.farol.post;

/**
 * Why a request was not taken, in our own words: nothing in them needs escaping.
 *
 * @param status HTTP status: 429 or 503 where sending again will help, another 4xx where it can't
 * @param reason word under which it is counted
 * @param title what is wrong
 * @param detail what the sender should do
 * @param waitSeconds after which the same request may be taken; 0 where that can't help
 */
public record Refusal(int status, String reason, String title, String detail, long waitSeconds) {
  static final Refusal NO_SUCH_PATH =
      new Refusal(
          404,
          "path",
          "No such input",
          "Post events to /v1/events, /_bulk, /services/collector, /v1/logs or /gelf.");
  public static final Refusal WRONG_METHOD =
      new Refusal(405, "method", "Wrong method", "Use POST.");
  public static final Refusal NO_TOKEN =
      new Refusal(
          401,
          "token",
          "A token is needed",
          "Send the agency's ingest token as 'Authorization: Bearer TOKEN'.");
  public static final Refusal UNKNOWN_TOKEN =
      new Refusal(
          401,
          "token",
          "Not a known token",
          "Send the agency's ingest token as 'Authorization: Bearer TOKEN'.");
  static final Refusal OTHER_AGENCY =
      new Refusal(
          403,
          "agency",
          "Certificate and token disagree",
          "The client certificate is one agency's, the token another's: send one of them.");
  static final Refusal WRONG_ENCODING =
      new Refusal(
          415,
          "encoding",
          "Unknown content encoding",
          "Send the body plain or as gzip, zstd or deflate.");
  static final Refusal BROKEN_REQUEST =
      new Refusal(
          400, "header", "Not an HTTP request", "Send HTTP/1.1 with headers of at most 8 KiB.");
  static final Refusal HEADERS_TOO_LARGE =
      new Refusal(
          431, "header", "Too much in the headers", "Send at most 128 headers of 8 KiB in all.");
  static final Refusal TOO_SLOW =
      new Refusal(
          408,
          "slow",
          "The request took too long",
          "Send headers within 10 s, a body with 1 KiB/s or more.");
  public static final Refusal BUSY =
      new Refusal(
          503, "busy", "The journal can't take more now", "Send the whole request again later.", 2);

  public Refusal(int status, String reason, String title, String detail) {
    this(status, reason, title, detail, 0);
  }

  static final Refusal CONNECTIONS =
      new Refusal(
          503,
          "",
          "The agency has too many connections",
          "Use the connections that are open, or send the request again later.",
          10);

  static Refusal overQuota(long waitSeconds) {
    return new Refusal(
        429,
        "quota",
        "Over the agency's quota",
        "Send the whole request again later.",
        waitSeconds);
  }

  /** More than one request may hold; in parts it may be taken. */
  public static Refusal tooLarge(String detail) {
    return new Refusal(413, "size", "Too much in one request", detail);
  }

  static Refusal bodyTooLarge(long bytes) {
    return tooLarge("Send at most %d MiB at once.".formatted(bytes >> 20));
  }

  /** The body is not what it should be. */
  public static Refusal brokenBody(String detail) {
    return new Refusal(400, "body", "The body can't be read", detail);
  }

  /**
   * The same as clients must be told that give up what is answered 408: as trouble that passes,
   * which it is.
   */
  public Refusal retriable() {
    return status == TOO_SLOW.status ? new Refusal(503, reason, title, detail, 10) : this;
  }

  /** Whether the same request may be taken later. */
  public boolean isTemporary() {
    return waitSeconds > 0;
  }
}
