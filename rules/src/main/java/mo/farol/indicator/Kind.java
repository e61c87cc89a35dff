package mo.farol.indicator;

import java.util.Locale;
import java.util.Optional;

/** What an indicator looks for. */
public enum Kind {
  /** One IPv4 or IPv6 address. */
  ADDRESS("ip"),
  /** A network of addresses, RFC 4632 and RFC 4291 section 2.3. */
  NETWORK("cidr"),
  /** A domain and all below it. */
  DOMAIN("domain"),
  /** One URL. */
  URL("url"),
  /** The digest of a file, RFC 1321. */
  MD5("md5"),
  /** The digest of a file, FIPS 180-4. */
  SHA1("sha1"),
  /** The digest of a file, FIPS 180-4. */
  SHA256("sha256"),
  /** The digest of a file, FIPS 180-4. */
  SHA512("sha512"),
  /** A mail address. */
  MAIL("mail"),
  /** A file's name, or its whole path where the indicator has one. */
  FILE("file"),
  /** A vulnerability by its CVE number. */
  VULNERABILITY("vulnerability");

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  /** The word for it in files, on screens and in JSON. */
  public String word() {
    return word;
  }

  /** The kind of a word as lists write it, in any case; empty where it is none of ours. */
  public static Optional<Kind> of(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT).replace('_', '-')) {
      case "ip", "ipv4", "ipv6", "ipv4-addr", "ipv6-addr", "ip-dst", "ip-src", "address" ->
          Optional.of(ADDRESS);
      case "cidr", "network", "subnet", "netblock" -> Optional.of(NETWORK);
      case "domain", "domain-name", "hostname", "host", "fqdn" -> Optional.of(DOMAIN);
      case "url", "uri", "link" -> Optional.of(URL);
      case "md5", "md5-hash", "filehash-md5" -> Optional.of(MD5);
      case "sha1", "sha-1", "sha1-hash", "filehash-sha1" -> Optional.of(SHA1);
      case "sha256", "sha-256", "sha256-hash", "filehash-sha256" -> Optional.of(SHA256);
      case "sha512", "sha-512", "filehash-sha512" -> Optional.of(SHA512);
      case "mail", "email", "e-mail", "email-addr", "email-src", "email-dst" -> Optional.of(MAIL);
      case "file", "filename", "file-name", "filepath" -> Optional.of(FILE);
      case "vulnerability", "cve" -> Optional.of(VULNERABILITY);
      default -> Optional.empty();
    };
  }

  /** The kind a value has the shape of; empty where it has none. */
  public static Optional<Kind> guess(String value) {
    return Guess.kind(value);
  }

  /** The kind of a digest by its length in bytes; empty where none of ours is as long. */
  static Optional<Kind> ofDigest(int bytes) {
    return switch (bytes) {
      case 16 -> Optional.of(MD5);
      case 20 -> Optional.of(SHA1);
      case 32 -> Optional.of(SHA256);
      case 64 -> Optional.of(SHA512);
      default -> Optional.empty();
    };
  }
}
