package mo.farol.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;

/** What a request may send: 1 MiB, imports and indicators 12 MiB, and its length said before. */
final class BodyLimits {
  /** Bytes that any request may send. */
  static final long MOST = 12L << 20;

  private static final long BODY = 1L << 20;
  private static final String IMPORT = "/api/v1/import";
  private static final String INDICATORS = "/api/v1/indicators";

  private BodyLimits() {}

  /** Throws {@link Refused} for a body that is too large, hides its length, or is multipart. */
  static void check(Context context) throws IOException {
    boolean isLarge = context.path().equals(IMPORT) || context.path().equals(INDICATORS);
    long limit = isLarge ? MOST : BODY;
    if (context.contentLength() > limit) {
      throw new Refused(413, "Too large", "Send at most %d bytes at once.".formatted(limit));
    }
    if (hidesItsLength(context)) {
      throw new Refused(411, "Length required", "Say with Content-Length how much you send.");
    }
    String type = String.valueOf(context.contentType());
    if (type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      throw new Refused(415, "Not understood", "No form of Farol is sent as multipart.");
    }
  }

  // By chunks, or by HTTP/2, where a body may come without either.
  private static boolean hidesItsLength(Context context) throws IOException {
    var request = context.req();
    return request.getHeader("Transfer-Encoding") != null
        || Guard.changes(context)
            && request.getContentLengthLong() < 0
            && request.getProtocol().startsWith("HTTP/2")
            && request.getInputStream().read() >= 0;
  }
}
