package mo.farol.indicator;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The oracle: every indicator against every value, with strings and the Java library only. */
final class NaiveMatch {
  private NaiveMatch() {}

  /** {@code kind value} of each indicator that a value of a field shows. */
  static List<String> in(List<Key> indicators, String field, String value) {
    var found = new ArrayList<String>();
    for (Key key : indicators) {
      if (shows(key.kind(), key.text(), field, value)) {
        found.add(key.kind().word() + " " + key.text());
      }
    }
    return found;
  }

  private static boolean shows(Kind kind, String wanted, String field, String value) {
    return switch (field) {
      case "source.ip" -> address(kind, wanted, value);
      case "url.domain" -> host(kind, wanted, value);
      case "url.full" -> url(kind, wanted, value);
      case "file.hash.sha1" -> kind == Kind.SHA1 && wanted.equalsIgnoreCase(value);
      case "email.from.address" ->
          kind == Kind.MAIL && wanted.equals(value.toLowerCase(Locale.ROOT))
              || kind == Kind.DOMAIN && domain(wanted, value.substring(value.indexOf('@') + 1));
      default -> throw new IllegalArgumentException(field);
    };
  }

  private static boolean host(Kind kind, String wanted, String value) {
    return kind == Kind.DOMAIN ? domain(wanted, value) : address(kind, wanted, value);
  }

  private static boolean domain(String wanted, String value) {
    String name = IDN.toASCII(value).toLowerCase(Locale.ROOT);
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return bare.equals(wanted) || bare.endsWith("." + wanted);
  }

  private static boolean url(Kind kind, String wanted, String value) {
    String bare = value.replaceFirst("(?i)^https?://", "");
    String host = bare.substring(0, bare.indexOf('/'));
    if (kind == Kind.URL) {
      return wanted.equals(host.toLowerCase(Locale.ROOT) + bare.substring(bare.indexOf('/')));
    }
    return host(kind, wanted, host);
  }

  private static boolean address(Kind kind, String wanted, String value) {
    if (!value.matches("[0-9.]+|[0-9a-fA-F:.]+:[0-9a-fA-F:.]*")) {
      return false;
    }
    try {
      byte[] seen = InetAddress.getByName(value).getAddress();
      if (kind == Kind.ADDRESS) {
        return InetAddress.getByName(wanted).equals(InetAddress.getByAddress(seen));
      }
      if (kind != Kind.NETWORK) {
        return false;
      }
      String[] parts = wanted.split("/", -1);
      byte[] network = InetAddress.getByName(parts[0]).getAddress();
      return network.length == seen.length && same(network, seen, Integer.parseInt(parts[1]));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean same(byte[] one, byte[] other, int bits) {
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> i % 8;
      if ((one[i / 8] & mask) != (other[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
