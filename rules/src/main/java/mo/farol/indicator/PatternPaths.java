package mo.farol.indicator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.indicator.PatternTokens.Token;

/** Object paths of STIX 2.1 observables (section 6), as what is looked for. */
final class PatternPaths {
  private PatternPaths() {}

  static PatternPart part(String path, int column, Token operator, List<String> values)
      throws PatternFault {
    if (path.equals("network-traffic:src_ref.type")
        || path.equals("network-traffic:dst_ref.type")) {
      return new PatternPart.OfType(column, path);
    }
    if (path.equals("file:size") || path.equals("file:parent_directory_ref.path")) {
      return new PatternPart.Beside(path + " " + String.join(" or ", values), column, path);
    }
    var found = new ArrayList<PatternPart.Value>();
    for (String value : values) {
      found.add(new PatternPart.Value(kind(path, column, operator, value), value, List.of()));
    }
    if (found.isEmpty()) {
      throw new PatternFault(column, "an empty set matches nothing");
    }
    return new PatternPart.Values(found, column, path);
  }

  private static Kind kind(String path, int column, Token operator, String value)
      throws PatternFault {
    Kind kind =
        kind(path, value)
            .orElseThrow(() -> new PatternFault(column, path + " is not looked at in events"));
    boolean isNetwork = kind == Kind.ADDRESS || kind == Kind.NETWORK;
    if (operator.text().startsWith("ISSU") && !isNetwork) {
      throw new PatternFault(operator.column(), operator.text() + " is for addresses only");
    }
    if (operator.text().equals("ISSUPERSET") && !isOneAddress(value)) {
      throw new PatternFault(
          operator.column(), "ISSUPERSET of a network is never seen: events hold single addresses");
    }
    try {
      return Key.of(kind, value).kind();
    } catch (Unreadable e) {
      throw new PatternFault(column, path + ": " + e.reason());
    }
  }

  private static Optional<Kind> kind(String path, String value) {
    return switch (path) {
      case "ipv4-addr:value", "ipv6-addr:value" -> Optional.of(Kind.ADDRESS);
      case "domain-name:value" -> Optional.of(Kind.DOMAIN);
      case "url:value" -> Optional.of(Kind.URL);
      case "email-addr:value",
          "email-message:from_ref.value",
          "email-message:sender_ref.value",
          "email-message:to_refs[*].value",
          "email-message:cc_refs[*].value",
          "email-message:bcc_refs[*].value" ->
          Optional.of(Kind.MAIL);
      case "network-traffic:src_ref.value", "network-traffic:dst_ref.value" ->
          Guess.kind(value).filter(k -> k == Kind.ADDRESS || k == Kind.NETWORK || k == Kind.DOMAIN);
      case "file:name", "process:image_ref.name" -> Optional.of(Kind.FILE);
      default -> digest(path);
    };
  }

  private static Optional<Kind> digest(String path) {
    for (String of : List.of("file:hashes.", "artifact:hashes.", "process:image_ref.hashes.")) {
      if (path.startsWith(of)) {
        return switch (path.substring(of.length())) {
          case "MD5", "md5" -> Optional.of(Kind.MD5);
          case "SHA-1", "SHA1", "sha1" -> Optional.of(Kind.SHA1);
          case "SHA-256", "SHA256", "sha256" -> Optional.of(Kind.SHA256);
          case "SHA-512", "SHA512", "sha512" -> Optional.of(Kind.SHA512);
          default -> Optional.empty();
        };
      }
    }
    return Optional.empty();
  }

  private static boolean isOneAddress(String value) {
    try {
      return Key.of(Kind.NETWORK, value).kind() == Kind.ADDRESS;
    } catch (Unreadable e) {
      return false;
    }
  }
}
