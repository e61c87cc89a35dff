package mo.farol.indicator;

import java.util.Optional;
import java.util.regex.Pattern;

/** Values whose kind nobody wrote down, and values made harmless for reading. */
final class Guess {
  private static final Pattern CIDR = Pattern.compile("[0-9a-fA-F.:]+/\\d{1,3}");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
  private static final Pattern CVE = Pattern.compile("(?i)cve-\\d{4}-\\d{4,19}");
  private static final Pattern SCHEME = Pattern.compile("(?i)^h(?:xx|\\*\\*|tt)p(s?)(?=\\[?:)");
  private static final Pattern FTP = Pattern.compile("(?i)^fxp(?=\\[?:)");
  private static final Pattern DOT = Pattern.compile("(?i)[\\[({](?:\\.|dot)[\\])}]|\\\\\\.");
  private static final Pattern AT = Pattern.compile("(?i)[\\[({](?:@|at)[\\])}]");
  private static final Pattern COLON = Pattern.compile("\\[(:(?://)?)\\]");
  private static final Pattern SLASHES = Pattern.compile("\\[//?\\]");

  private Guess() {}

  /** Undoes {@code hxxp}, {@code 1[.]2[.]3[.]4}, {@code name[at]host} and their like. */
  static String refanged(String written) {
    String value = written.strip();
    if (value.indexOf('[') < 0
        && value.indexOf('(') < 0
        && value.indexOf('{') < 0
        && value.indexOf('\\') < 0
        && !value.regionMatches(true, 0, "hxxp", 0, 4)
        && !value.startsWith("h**p")
        && !value.regionMatches(true, 0, "fxp", 0, 3)) {
      return value;
    }
    value = SCHEME.matcher(value).replaceFirst("http$1");
    value = FTP.matcher(value).replaceFirst("ftp");
    value = COLON.matcher(value).replaceAll("$1");
    value = SLASHES.matcher(value).replaceAll("//");
    value = DOT.matcher(value).replaceAll(".");
    return AT.matcher(value).replaceAll("@");
  }

  /** The kind a value has the shape of; empty where it has none. */
  static Optional<Kind> kind(String value) {
    if (CVE.matcher(value).matches()) {
      return Optional.of(Kind.VULNERABILITY);
    }
    if (HEX.matcher(value).matches() && value.length() % 2 == 0) {
      var digest = Kind.ofDigest(value.length() / 2);
      if (digest.isPresent()) {
        return digest;
      }
    }
    if (value.contains("://")) {
      return Optional.of(Kind.URL);
    }
    if (CIDR.matcher(value).matches()) {
      return Optional.of(Kind.NETWORK);
    }
    if (value.indexOf('/') > 0 && value.indexOf('.') > 0) {
      return Optional.of(Kind.URL);
    }
    if (value.indexOf('@') > 0) {
      return Optional.of(Kind.MAIL);
    }
    return isAddress(value)
        ? Optional.of(Kind.ADDRESS)
        : value.indexOf('.') >= 0 ? Optional.of(Kind.DOMAIN) : Optional.empty();
  }

  private static boolean isAddress(String value) {
    try {
      Key.of(Kind.ADDRESS, value);
      return true;
    } catch (Unreadable e) {
      return false;
    }
  }

  /** A value of a kind that is guessed; empty where it is none. */
  static Optional<Key> key(String written) {
    String value = refanged(written);
    var kind = kind(value);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Key.of(kind.get(), value));
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }
}
