package mo.farol.sigma;

import static mo.farol.sigma.Chain.Stage.*;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which modifier may follow which: Sigma specification 2.1.0, appendix "Modifiers", as the decision
 * record 0002 reads it. A chain that isn't allowed would otherwise lose a modifier without a word.
 */
final class Chain {
  /** What a value is at some point of its chain. */
  enum Stage {
    /** As the rule writes it. */
    WRITTEN,
    /** With placeholders filled in. */
    EXPANDED,
    /** Text for certain. */
    TEXT,
    /** Text, and where it stands. */
    PLACED,
    /** Bytes of UTF-16. */
    BYTES,
    /** Base64. */
    CODE,
    /** Encoded, and where it stands. */
    CODE_PLACED,
    REGEX,
    NETWORK,
    PRESENCE,
    REFERENCE,
    REFERENCE_PLACED,
    NUMBER,
    PART,
    PART_COMPARED
  }

  private record Step(Set<Stage> after, Map<Stage, Stage> to, String hint) {}

  private static final Map<String, Step> TABLE = table();

  private final Set<String> seen = new java.util.HashSet<>();
  private Stage stage = WRITTEN;
  private String last = "";

  private static Map<String, Step> table() {
    var table = new HashMap<String, Step>();
    var texts = EnumSet.of(WRITTEN, EXPANDED, TEXT);
    var codes = EnumSet.of(WRITTEN, EXPANDED, TEXT, BYTES, CODE);
    for (String place : Set.of("contains", "startswith", "endswith")) {
      var to = to(texts, PLACED);
      to.putAll(to(EnumSet.of(BYTES, CODE), CODE_PLACED));
      to.put(REFERENCE, REFERENCE_PLACED);
      table.put(place, new Step(to.keySet(), to, "it says where a text stands, once"));
    }
    var cased = to(texts, TEXT);
    for (var same :
        EnumSet.of(PLACED, BYTES, CODE, CODE_PLACED, REFERENCE, REFERENCE_PLACED, REGEX)) {
      cased.put(same, same);
    }
    table.put("cased", new Step(cased.keySet(), cased, "only text has a case"));
    var dashed = to(texts, TEXT);
    dashed.put(PLACED, PLACED);
    table.put("windash", new Step(dashed.keySet(), dashed, "only text as written has dashes"));
    String encode = "encode first, then say where: put it before contains";
    for (String wide : Set.of("wide", "utf16le", "utf16be", "utf16")) {
      var from = EnumSet.copyOf(texts);
      from.add(CODE);
      table.put(wide, new Step(from, to(from, BYTES), encode));
    }
    table.put("base64", new Step(codes, to(codes, CODE), encode));
    table.put("base64offset", new Step(codes, to(codes, CODE), encode));
    var expand = new HashMap<>(Map.of(WRITTEN, EXPANDED, TEXT, TEXT, PLACED, PLACED));
    table.put(
        "expand", new Step(expand.keySet(), expand, "a placeholder is filled in before the rest"));
    types(table);
    return table;
  }

  private static void types(Map<String, Step> table) {
    table.put(
        "re",
        first(
            REGEX,
            "an expression stands as it is and is searched for anyway; only i, m and s change it"));
    var values = EnumSet.of(WRITTEN, EXPANDED);
    table.put(
        "cidr", new Step(values, to(values, NETWORK), "a network is no text; only expand may be"));
    table.put("exists", first(PRESENCE, "it asks whether a field is there, whatever its value"));
    table.put("fieldref", first(REFERENCE, "it names a field: put it first"));
    var compared = to(values, NUMBER);
    compared.put(PART, PART_COMPARED);
    for (String op : Set.of("lt", "lte", "gt", "gte")) {
      table.put(op, new Step(compared.keySet(), compared, "only a number is compared, once"));
    }
    for (String part : Set.of("minute", "hour", "day", "week", "month", "year")) {
      table.put(part, first(PART, "it takes a part of a date: put it first"));
    }
    for (String flag : Set.of("i", "m", "s")) {
      table.put(
          flag,
          new Step(
              EnumSet.of(REGEX), to(EnumSet.of(REGEX), REGEX), "it is a part of 're', follows it"));
    }
    var any = EnumSet.allOf(Stage.class);
    any.remove(PRESENCE);
    table.put("all", new Step(any, Map.of(), "'exists' has but one value"));
    var unequal = EnumSet.copyOf(any);
    unequal.removeAll(EnumSet.of(NUMBER, PART_COMPARED));
    table.put("neq", new Step(unequal, Map.of(), "it is a comparison of its own"));
  }

  private static Step first(Stage to, String hint) {
    return new Step(EnumSet.of(WRITTEN), to(EnumSet.of(WRITTEN), to), hint);
  }

  private static Map<Stage, Stage> to(Set<Stage> from, Stage to) {
    var map = new HashMap<Stage, Stage>();
    from.forEach(stage -> map.put(stage, to));
    return map;
  }

  /** Takes the next modifier; throws {@link IllegalArgumentException} where it may not stand. */
  void follow(String modifier, boolean keyword) {
    if (modifier.isEmpty()) {
      throw new IllegalArgumentException("a modifier is missing after '|'");
    }
    var step = TABLE.get(modifier);
    if (step == null) {
      throw new IllegalArgumentException("no such modifier in Sigma 2.1.0");
    }
    if (!seen.add(modifier) && !modifier.startsWith("base64")) {
      throw new IllegalArgumentException("it stands here twice");
    }
    if (!step.after.contains(stage)) {
      throw new IllegalArgumentException(
          (last.isEmpty() ? "can't stand first: " : "can't follow '" + last + "': ") + step.hint);
    }
    stage = step.to.getOrDefault(stage, stage);
    last = modifier;
    if (seen.contains("neq") && EnumSet.of(NUMBER, PART_COMPARED, PRESENCE).contains(stage)) {
      throw new IllegalArgumentException("can't stand with 'neq', a comparison of its own");
    }
    if (seen.contains("all") && stage == PRESENCE) {
      throw new IllegalArgumentException("can't stand with 'all': it has but one value");
    }
    if (stage == REGEX && seen.contains("cased") && seen.contains("i")) {
      throw new IllegalArgumentException("'cased' and 'i' say the opposite of each other");
    }
    if (keyword && EnumSet.of(PRESENCE, REFERENCE, NUMBER, PART).contains(stage)) {
      throw new IllegalArgumentException("needs a field; a keyword is searched for in all of them");
    }
  }

  Stage stage() {
    return stage;
  }

  boolean has(String modifier) {
    return seen.contains(modifier);
  }
}
