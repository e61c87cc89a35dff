package mo.farol.indicator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A value as bytes to compare: an address as sixteen bytes, a network as those and the bits of its
 * prefix, a digest as its bytes, everything else as text in its compared form.
 */
final class Key {
  /** Bits before those of an IPv4 address within sixteen bytes. */
  static final int MAPPED = 96;

  private static final int LONGEST = 4096;

  private final Kind kind;
  private final byte[] bytes;

  Key(Kind kind, byte[] bytes) {
    this.kind = kind;
    this.bytes = bytes;
  }

  Kind kind() {
    return kind;
  }

  /** Not to be written to. */
  byte[] bytes() {
    return bytes;
  }

  /** Reads a value of a kind; a network of one address becomes an address. */
  static Key of(Kind kind, String written) throws Unreadable {
    String value = written.strip();
    if (value.isEmpty()) {
      throw new Unreadable("the value is empty");
    }
    if (value.length() > LONGEST) {
      throw new Unreadable("the value is longer than " + LONGEST + " characters");
    }
    byte[] b = value.getBytes(StandardCharsets.UTF_8);
    return switch (kind) {
      case ADDRESS -> value.indexOf('/') >= 0 ? network(value) : new Key(kind, address(value));
      case NETWORK -> network(value);
      case DOMAIN -> new Key(kind, domain(value));
      case URL -> url(b, value);
      case MD5, SHA1, SHA256, SHA512 -> digest(kind, b);
      case MAIL -> new Key(kind, mail(value));
      case FILE -> {
        byte[] lower = new byte[b.length];
        KeyBytes.lower(b, 0, b.length, lower, 0);
        yield new Key(kind, lower);
      }
      case VULNERABILITY -> {
        if (!KeyBytes.isCve(b, 0, b.length)) {
          throw new Unreadable("not a CVE number such as CVE-2024-12345");
        }
        yield new Key(kind, value.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  private static byte[] address(String text) throws Unreadable {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    byte[] address = new byte[AddressText.BYTES];
    if (!AddressText.read(b, 0, b.length, address)) {
      throw new Unreadable("not an IP address");
    }
    return address;
  }

  private static Key network(String text) throws Unreadable {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    int most = text.indexOf(':') < 0 ? 32 : 128;
    int bits = slash < 0 ? most : bits(text.substring(slash + 1), most);
    int all = most == 32 ? bits + MAPPED : bits;
    if (all == 128) {
      return new Key(Kind.ADDRESS, address);
    }
    KeyBytes.mask(address, all);
    byte[] key = Arrays.copyOf(address, AddressText.BYTES + 1);
    key[AddressText.BYTES] = (byte) all;
    return new Key(Kind.NETWORK, key);
  }

  private static int bits(String text, int most) throws Unreadable {
    try {
      int bits = text.length() > 3 ? -1 : Integer.parseInt(text);
      if (bits >= 0 && bits <= most && text.charAt(0) != '+') {
        return bits;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Unreadable("a network's prefix is 0 to " + most + " bits");
  }

  private static byte[] domain(String text) throws Unreadable {
    String bare = text.startsWith("*.") ? text.substring(2) : text;
    byte[] b = (bare.startsWith(".") ? bare.substring(1) : bare).getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[HostText.LONGEST];
    int end = HostText.write(b, 0, b.length, out, 0);
    if (end < 0) {
      throw new Unreadable("not a domain name");
    }
    byte[] name = Arrays.copyOf(out, end);
    if (AddressText.read(name, 0, end, new byte[AddressText.BYTES])) {
      throw new Unreadable("an address, not a domain name");
    }
    if (new String(name, StandardCharsets.UTF_8).indexOf('.') < 0) {
      throw new Unreadable("a domain of one label would match everything below it");
    }
    return name;
  }

  private static Key url(byte[] b, String value) throws Unreadable {
    var url = new UrlText();
    if (!url.read(b, 0, b.length)) {
      throw new Unreadable(value.startsWith("/") ? "a path without a host" : "not a URL");
    }
    return new Key(Kind.URL, url.copy());
  }

  private static Key digest(Kind kind, byte[] b) throws Unreadable {
    byte[] out = new byte[64];
    int size = KeyBytes.hex(b, 0, b.length, out);
    if (size <= 0 || Kind.ofDigest(size).filter(k -> k == kind).isEmpty()) {
      throw new Unreadable("not the hexadecimal digits of " + kind.word());
    }
    return new Key(kind, Arrays.copyOf(out, size));
  }

  private static byte[] mail(String text) throws Unreadable {
    int at = text.lastIndexOf('@');
    if (at < 1 || text.indexOf(' ') >= 0 || text.indexOf('<') >= 0) {
      throw new Unreadable("not a mail address");
    }
    byte[] local = text.substring(0, at + 1).getBytes(StandardCharsets.UTF_8);
    byte[] domain = domain(text.substring(at + 1));
    byte[] all = Arrays.copyOf(local, local.length + domain.length);
    KeyBytes.lower(local, 0, local.length, all, 0);
    System.arraycopy(domain, 0, all, local.length, domain.length);
    return all;
  }

  /** For people and files. */
  String text() {
    return text(kind, bytes, 0, bytes.length);
  }

  static String text(Kind kind, byte[] b, int from, int to) {
    return switch (kind) {
      case ADDRESS -> AddressText.text(Arrays.copyOfRange(b, from, to));
      case NETWORK -> network(Arrays.copyOfRange(b, from, to));
      case MD5, SHA1, SHA256, SHA512 -> HexFormat.of().formatHex(b, from, to);
      case DOMAIN, URL, MAIL, FILE, VULNERABILITY ->
          new String(b, from, to - from, StandardCharsets.UTF_8);
    };
  }

  private static String network(byte[] key) {
    byte[] address = Arrays.copyOf(key, AddressText.BYTES);
    int bits = key[AddressText.BYTES] & 0xff;
    boolean isV4 = bits >= MAPPED && AddressText.isV4(address);
    return AddressText.text(address) + "/" + (isV4 ? bits - MAPPED : bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && key.kind == kind && Arrays.equals(key.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return kind.word() + " " + text();
  }
}
