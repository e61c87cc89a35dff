package mo.farol.alert;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import mo.farol.event.EventId;
import mo.farol.match.Detection;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;
import mo.farol.window.Crossing;

/** The words that decision rules may be written with: a list of what is allowed, nothing else. */
final class DrlWords {
  private static final String HOME = "mo.farol.alert.";

  private static final Set<String> LANGUAGE =
      Set.of(
          "package",
          "import",
          "global",
          "rule",
          "when",
          "then",
          "end",
          "salience",
          "no",
          "loop",
          "enabled",
          "dialect",
          "not",
          "exists",
          "and",
          "or",
          "accumulate",
          "count",
          "sum",
          "average",
          "min",
          "max",
          "collectList",
          "collectSet",
          "this",
          "before",
          "after",
          "during",
          "includes",
          "coincides",
          "meets",
          "metby",
          "overlaps",
          "overlappedby",
          "starts",
          "startedby",
          "finishes",
          "finishedby",
          "contains",
          "memberOf",
          "in",
          "str",
          "startsWith",
          "endsWith",
          "length",
          "over",
          "window",
          "time",
          "true",
          "false",
          "null",
          "if",
          "else",
          "final",
          "int",
          "long",
          "boolean",
          "double",
          "drools",
          "desk");

  // What Java's own types may be asked: nothing that reflects, waits, formats or grows.
  private static final Set<String> JAVA =
      Set.of(
          "String",
          "Math",
          "Integer",
          "Long",
          "Boolean",
          "Number",
          "List",
          "Set",
          "Collection",
          "isEmpty",
          "isBlank",
          "contains",
          "startsWith",
          "endsWith",
          "equals",
          "equalsIgnoreCase",
          "toLowerCase",
          "toUpperCase",
          "strip",
          "indexOf",
          "substring",
          "size",
          "getFirst",
          "getLast",
          "valueOf",
          "abs",
          "intValue",
          "longValue",
          "getOrDefault",
          "get",
          "containsKey");

  private static final Set<String> NEVER =
      Set.of(
          "getClass",
          "hashCode",
          "wait",
          "notify",
          "notifyAll",
          "clone",
          "finalize",
          "values",
          "repeat");

  private static final List<Class<?>> SEEN_TYPES =
      List.of(
          Alert.class,
          Alert.Entity.class,
          Alert.Status.class,
          Campaign.class,
          Crossing.class,
          Desk.class,
          Detection.class,
          EventId.class,
          Level.class,
          Policy.class,
          RuleRef.class,
          Ruling.class,
          Asset.class,
          Draft.class,
          Treating.class);

  /** Types a rule may import, by their whole name. */
  static final Set<String> IMPORTS = imports();

  /** Simple names of the facts a pattern may ask for. */
  static final Set<String> FACTS = names(facts());

  /** Every word. */
  static final Set<String> ALL = all();

  private DrlWords() {}

  /** Why a word is refused. */
  static String reason(String word) {
    return switch (word) {
      case "eval" -> "'eval' is not for decision rules; write the condition into a pattern";
      case "from", "entry", "collect", "forall" ->
          "'" + word + "' is not for decision rules; use patterns, not, exists, accumulate";
      case "for", "while", "do", "goto" ->
          "loops are not for decision rules; use accumulate in the conditions";
      case "new" -> "nothing is made with 'new' in decision rules";
      case "matches" -> "'matches' is not for decision rules; use str[startsWith ...] or contains";
      case "insert", "insertLogical", "update", "modify", "delete", "retract" ->
          "'" + word + "' is not for decision rules: they raise alerts and change no facts";
      case "function", "query", "declare", "template", "unit", "extends" ->
          "'" + word + "' is not for decision rules; a file holds imports and rules";
      default -> "'" + Bounded.text(word, 60) + "' is not among the words of decision rules";
    };
  }

  private static Set<String> all() {
    var all = new HashSet<>(LANGUAGE);
    all.addAll(JAVA);
    Stream.concat(SEEN_TYPES.stream(), facts()).forEach(type -> addMembers(type, all));
    addMembers(Fact.class, all);
    addMembers(AlertBased.class, all);
    all.addAll(FACTS);
    all.addAll(names(SEEN_TYPES.stream()));
    all.removeAll(NEVER);
    return Set.copyOf(all);
  }

  private static void addMembers(Class<?> type, Set<String> to) {
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
        to.add(method.getName());
        property(method.getName(), "is").ifPresent(to::add);
        property(method.getName(), "get").ifPresent(to::add);
      }
    }
  }

  private static java.util.Optional<String> property(String method, String prefix) {
    return method.startsWith(prefix) && method.length() > prefix.length()
        ? java.util.Optional.of(
            method.substring(prefix.length(), prefix.length() + 1).toLowerCase(Locale.ROOT)
                + method.substring(prefix.length() + 1))
        : java.util.Optional.empty();
  }

  private static Set<String> imports() {
    var names = new TreeSet<String>();
    facts().forEach(type -> names.add(type.getName()));
    List.of("Campaign", "Alert", "Desk", "Draft", "Asset").forEach(name -> names.add(HOME + name));
    List.of("List", "Set", "Collection").forEach(name -> names.add("java.util." + name));
    names.add(RuleRef.class.getName());
    names.add(Level.class.getName());
    return names;
  }

  private static Set<String> names(Stream<Class<?>> types) {
    var names = new TreeSet<String>();
    types.forEach(type -> names.add(type.getSimpleName()));
    return names;
  }

  // Every kind of fact there is, so that a new one is known here too; and what is treated.
  private static Stream<Class<?>> facts() {
    return Stream.concat(concrete(Fact.class), Stream.of(Draft.class));
  }

  private static Stream<Class<?>> concrete(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(DrlWords::concrete)
        : Stream.of(type);
  }
}
