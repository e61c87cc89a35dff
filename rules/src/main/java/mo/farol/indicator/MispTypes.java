package mo.farol.indicator;

import java.util.List;
import java.util.Set;

/** Attribute types of the MISP core format, as what is looked for. */
final class MispTypes {
  /** Types that describe and are nothing to look for. */
  private static final Set<String> DESCRIBES =
      Set.of(
          "text",
          "comment",
          "other",
          "link",
          "port",
          "datetime",
          "counter",
          "float",
          "integer",
          "boolean",
          "hex",
          "size-in-bytes",
          "attachment",
          "campaign-name",
          "campaign-id",
          "threat-actor",
          "malware-type",
          "mime-type",
          "named pipe",
          "target-user",
          "target-email",
          "target-machine",
          "target-org",
          "target-location",
          "target-external",
          "anonymised",
          "git-commit-id",
          "phone-number",
          "whois-creation-date",
          "whois-registrar");

  /** One value out of an attribute's. */
  record Part(Kind kind, String value, List<String> labels) {}

  private MispTypes() {}

  static boolean describes(String type) {
    return DESCRIBES.contains(type);
  }

  /** Whether a part of such an attribute is told with a hit but not looked at. */
  static boolean isNarrowed(String type) {
    return type.endsWith("|port") || type.startsWith("filename|") || type.equals("malware-sample");
  }

  /** What is looked for; empty for types that are not. */
  static List<Part> parts(String type, String value) throws Unreadable {
    return switch (type) {
      case "ip-dst", "ip-src" -> of(Kind.ADDRESS, value);
      case "ip-dst|port", "ip-src|port" -> first(Kind.ADDRESS, value, "port ");
      case "domain", "hostname" -> of(Kind.DOMAIN, value);
      case "hostname|port" -> first(Kind.DOMAIN, value, "port ");
      case "domain|ip" ->
          List.of(
              new Part(Kind.DOMAIN, before(value), List.of()),
              new Part(Kind.ADDRESS, behind(value), List.of()));
      case "url" -> of(Kind.URL, value);
      case "md5", "ja3-fingerprint-md5", "hassh-md5", "hasshserver-md5" -> of(Kind.MD5, value);
      case "sha1" -> of(Kind.SHA1, value);
      case "sha256" -> of(Kind.SHA256, value);
      case "sha512" -> of(Kind.SHA512, value);
      case "filename|md5", "malware-sample" -> second(Kind.MD5, value);
      case "filename|sha1" -> second(Kind.SHA1, value);
      case "filename|sha256" -> second(Kind.SHA256, value);
      case "filename|sha512" -> second(Kind.SHA512, value);
      case "filename" -> of(Kind.FILE, value);
      case "email", "email-src", "email-dst", "email-reply-to" -> of(Kind.MAIL, value);
      case "vulnerability" -> of(Kind.VULNERABILITY, value);
      default -> List.of();
    };
  }

  private static List<Part> of(Kind kind, String value) {
    return List.of(new Part(kind, value, List.of()));
  }

  private static List<Part> first(Kind kind, String value, String label) throws Unreadable {
    return List.of(new Part(kind, before(value), List.of(label + behind(value))));
  }

  private static List<Part> second(Kind kind, String value) throws Unreadable {
    return List.of(new Part(kind, behind(value), List.of("file:name " + before(value))));
  }

  private static String before(String value) throws Unreadable {
    return value.substring(0, bar(value));
  }

  private static String behind(String value) throws Unreadable {
    return value.substring(bar(value) + 1);
  }

  private static int bar(String value) throws Unreadable {
    int bar = value.lastIndexOf('|');
    if (bar < 0) {
      throw new Unreadable("a composite value has | between its parts");
    }
    return bar;
  }
}
