package mo.farol.parse;

import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import mo.farol.event.Origin;

/**
 * Which sender writes which format in which zone, as the operator said: rules of words, {@code
 * AGENCY FROM FORMAT [ZONE]}, of which the first that fits a live origin settles it. {@code AGENCY}
 * is an agency or {@code *}; {@code FROM} an address, a network such as {@code 10.1.0.0/16}, an
 * input such as {@code syslog.udp}, or {@code *}; {@code FORMAT} a parser, several joined by {@code
 * +} in the order in which they are tried, or {@code -} to detect it; {@code ZONE} a zone id such
 * as {@code Asia/Macau}.
 */
public final class SourceRules {
  /** No rule at all: every origin stays as its input made it. */
  public static final SourceRules NONE = new SourceRules(List.of());

  private record Rule(String agency, From from, String format, String zone) {
    boolean fits(Origin origin) {
      return (agency.equals("*") || agency.equals(origin.agency())) && from.fits(origin);
    }
  }

  private sealed interface From {
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

  private final List<Rule> rules;

  private SourceRules(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException saying which rule is wrong and how one is written
   */
  public static SourceRules of(List<String> lines) {
    var rules = new ArrayList<Rule>();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length < 3 || words.length > 4) {
        throw new IllegalArgumentException(
            "a rule is 'AGENCY FROM FORMAT [ZONE]', such as 'agency-a 10.1.0.0/16 - Asia/Macau',"
                + " not '"
                + line
                + "'");
      }
      String format = words[2].equals("-") ? "" : Parser.checked(words[2]);
      rules.add(
          new Rule(words[0], from(words[1]), format, zone(words.length == 4 ? words[3] : "")));
    }
    return new SourceRules(rules);
  }

  /**
   * The origin with the format and zone of the first rule that fits; an import's stays as it is.
   */
  public Origin settle(Origin origin) {
    if (!origin.isLive()) {
      return origin;
    }
    for (var rule : rules) {
      if (rule.fits(origin)) {
        return settled(origin, rule);
      }
    }
    return origin;
  }

  private static Origin settled(Origin origin, Rule rule) {
    return new Origin(
        origin.agency(),
        origin.input(),
        origin.peer(),
        origin.lane(),
        origin.exercise(),
        rule.format().isEmpty() ? origin.format() : rule.format(),
        origin.year(),
        rule.zone().isEmpty() ? origin.zone() : rule.zone());
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

  private static String zone(String id) {
    try {
      return id.isEmpty() ? "" : ZoneId.of(id).getId();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time zone '" + id + "'; write UTC or Asia/Macau", e);
    }
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
