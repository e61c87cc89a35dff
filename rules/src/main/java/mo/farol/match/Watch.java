package mo.farol.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mo.farol.sigma.Check;

/**
 * Signs of which at least one is in every event that a rule matches; the index looks for these and
 * asks the rule only then. The cheapest such set is taken: one part of an AND will do, every part
 * of an OR is needed, and a NOT gives nothing.
 *
 * @param signs empty when there is nothing to look for and the rule must always be asked
 * @param cost how often, roughly, an event will show one of them
 */
record Watch(List<Sign> signs, double cost) {
  private static final double ALWAYS = 1_000;
  private static final double SAID_OF_MOST = 4; // so that three words of keywords are preferred
  private static final double THERE_AT_ALL = 5;
  private static final double AT_ONE_PLACE = 0.6; // a character of a text that may stand anywhere
  private static final Watch NOTHING = new Watch(List.of(), ALWAYS);

  /** Values of these fields are few, so an exact one says little. */
  private static final Set<String> COARSE =
      Set.of(
          "EventID",
          "Channel",
          "Provider_Name",
          "EventLog",
          "EventType",
          "LogonType",
          "Status",
          "type",
          "action",
          "event.dataset",
          "event.action",
          "sc-status",
          "cs-method",
          "Initiated",
          "IntegrityLevel",
          "User",
          "eventSource",
          "operation",
          "endpoint",
          "Protocol",
          "State");

  /** And of these so few that an exact one says nothing of most events. */
  private static final Set<String> SAME =
      Set.of("Channel", "Provider_Name", "EventLog", "type", "cs-method", "Initiated", "Protocol");

  /**
   * One thing to look for.
   *
   * @param column where
   * @param shape what; {@link Shape.Free} means the column is there at all
   */
  record Sign(int column, Shape shape) {}

  static Watch of(Node node) {
    return switch (node) {
      case Node.All all -> {
        Watch best = NOTHING;
        for (Node part : all.parts) {
          Watch watch = of(part);
          best = watch.cost < best.cost ? watch : best;
        }
        yield best;
      }
      case Node.Any any -> each(any.parts);
      case Node.Several several -> each(several.parts);
      case Node.Selection selection -> of(selection.body);
      case Node.Leaf leaf -> of(leaf.atom);
      case Node.Not _ -> NOTHING;
    };
  }

  private static Watch each(List<Node> parts) {
    var signs = new ArrayList<Sign>();
    double cost = 0;
    for (Node part : parts) {
      Watch watch = of(part);
      signs.addAll(watch.signs);
      cost += watch.cost;
    }
    return cost >= ALWAYS ? NOTHING : new Watch(List.copyOf(signs), cost);
  }

  private static Watch of(Atom atom) {
    if (!atom.check.needsValue()) {
      return NOTHING;
    }
    Shape shape =
        switch (atom.check) {
          case Check.Text text -> Shape.of(text.glob());
          case Check.Regex(var pattern) -> RegexLiterals.shape(pattern);
          case Check.Cidr _, Check.Exists _, Check.Null _ -> new Shape.Free();
          case Check.Compare _, Check.Reference _, Check.DatePart _ -> new Shape.Free();
        };
    boolean every = atom.column == Columns.EVERY;
    double cost = cost(shape, atom.title()) * (every ? 4 : 1);
    return new Watch(List.of(new Sign(atom.column, shape)), cost);
  }

  private static double cost(Shape shape, String title) {
    return switch (shape) {
      case Shape.Exact(var text) ->
          SAME.contains(title)
              ? SAID_OF_MOST
              : COARSE.contains(title) ? 0.3 : 0.001 + literal(text) / 10;
      case Shape.Prefix(var text) -> literal(text);
      case Shape.Suffix(var text) -> ending(text);
      case Shape.Inside(var some) -> some.stream().mapToDouble(Watch::literal).sum();
      case Shape.Free _ -> THERE_AT_ALL;
    };
  }

  private static double ending(String text) {
    return Usual.isPartOf(text)
        ? literal(text) / 2
        : literal(text) * Math.pow(AT_ONE_PLACE, text.length() - 1);
  }

  /** The longer, and the odder its signs, the rarer. */
  private static double literal(String text) {
    double chance = 1;
    for (int i = 1; i < text.length(); i++) {
      chance *= isUsual(text.charAt(i)) ? 0.55 : 0.2;
    }
    return Math.max(Usual.isPartOf(text) ? 0.2 : 0.0005, chance);
  }

  private static boolean isUsual(char c) {
    return Character.isLetterOrDigit(c) || " ./\\:-_=\"".indexOf(c) >= 0;
  }
}
