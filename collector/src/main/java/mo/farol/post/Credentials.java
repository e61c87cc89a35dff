package mo.farol.post;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * The token in an {@code Authorization} header, however the client wraps it: Bearer (RFC 6750),
 * Splunk, Basic (RFC 7617: the password; the user is nobody), ApiKey (base64 of {@code id:token},
 * or the token itself).
 */
final class Credentials {
  private Credentials() {}

  /** The token; empty where the header holds none. */
  static String token(String header) {
    int space = header.indexOf(' ');
    if (space < 0) {
      return "";
    }
    String value = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer", "splunk" -> value;
      case "basic" -> behindColon(value, "");
      case "apikey" -> behindColon(value, value);
      default -> "";
    };
  }

  private static String behindColon(String base64, String otherwise) {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? otherwise : pair.substring(colon + 1);
    } catch (IllegalArgumentException e) {
      return otherwise;
    }
  }
}
