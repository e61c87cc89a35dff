package mo.farol.parse;

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

  private record Rule(Sender sender, String format, String zone) {}

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
      var sender = Sender.of(words[0], words[1]);
      rules.add(new Rule(sender, format, zone(words.length == 4 ? words[3] : "")));
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
      if (rule.sender().fits(origin)) {
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

  private static String zone(String id) {
    try {
      return id.isEmpty() ? "" : ZoneId.of(id).getId();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time zone '" + id + "'; write UTC or Asia/Macau", e);
    }
  }
}
