package mo.farol.parse;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import mo.farol.event.Origin;

/**
 * Whom a rule of the operator speaks of.
 *
 * @param agency an agency, or {@code *}
 * @param from an address, a network, an input, or {@code *}
 */
record Sender(String agency, From from) {
  /** How frames come in. */
  sealed interface From {
    boolean fits(Origin origin);

    record Anywhere() implements From {
      @Override
      public boolean fits(Origin origin) {
        return true;
      }
    }

    record Input(String name) implements From {
      @Override
      public boolean fits(Origin origin) {
        return origin.input().equals(name);
      }
    }

    record Network(List<Byte> address, int bits) implements From {
      @Override
      public boolean fits(Origin origin) {
        return inside(origin.peer());
      }

      private boolean inside(String peer) {
        byte[] other = bytes(peer);
        if (other.length != address.size()) {
          return false;
        }
        for (int bit = 0; bit < bits; bit++) {
          int mask = 0x80 >> (bit & 7);
          if (((address.get(bit >> 3) ^ other[bit >> 3]) & mask) != 0) {
            return false;
          }
        }
        return true;
      }
    }
  }

  /** Reads two words of a rule; throws {@link IllegalArgumentException} saying what is wrong. */
  static Sender of(String agency, String from) {
    return new Sender(agency, from(from));
  }

  boolean fits(Origin origin) {
    return (agency.equals("*") || agency.equals(origin.agency())) && from.fits(origin);
  }

  private static From from(String text) {
    if (text.equals("*")) {
      return new From.Anywhere();
    }
    int slash = text.indexOf('/');
    byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
    if (address.length == 0) {
      if (!text.matches("[a-z][a-z0-9.-]{0,63}")) {
        throw new IllegalArgumentException(
            "'" + text + "' is no address, no network and no input such as syslog.udp");
      }
      return new From.Input(text);
    }
    int bits =
        slash < 0 ? address.length * 8 : prefix(text.substring(slash + 1), address.length * 8);
    return new From.Network(boxed(address), bits);
  }

  private static int prefix(String digits, int most) {
    if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > most) {
      throw new IllegalArgumentException("a network ends in /0 to /" + most + ", not /" + digits);
    }
    return Integer.parseInt(digits);
  }

  /** The bytes of an address; none where the text is no address. Asks no name server. */
  private static byte[] bytes(String text) {
    try {
      return text.isEmpty() ? new byte[0] : InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static List<Byte> boxed(byte[] bytes) {
    var list = new ArrayList<Byte>();
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
  }
}
