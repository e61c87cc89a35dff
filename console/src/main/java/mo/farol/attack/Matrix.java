package mo.farol.attack;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Tactics of the enterprise matrix, and what is known of its techniques. Immutable. */
public final class Matrix {
  /** Tactics since ATT&amp;CK 19, in the matrix's order, as tags name them. */
  public static final List<String> TACTICS =
      List.of(
          "reconnaissance",
          "resource-development",
          "initial-access",
          "execution",
          "persistence",
          "privilege-escalation",
          "stealth",
          "defense-impairment",
          "credential-access",
          "discovery",
          "lateral-movement",
          "collection",
          "command-and-control",
          "exfiltration",
          "impact");

  /** What TA0005, Stealth, was called before. */
  private static final String FORMER_STEALTH = "defense-evasion";

  private static final String STEALTH = "stealth";
  private static final int STEALTH_SINCE = 19;

  /** One of which no technique is known. */
  public static final Matrix NONE = new Matrix("", List.of());

  private final String version;
  private final Map<String, Technique> byId = new TreeMap<>();

  /**
   * @param version as the bundle gives it, such as {@code 19.0}; empty where it gives none
   */
  Matrix(String version, Collection<Technique> techniques) {
    this.version = version;
    techniques.forEach(technique -> byId.put(technique.id(), technique));
  }

  /** The short name of today for a tactic's name in a tag or a bundle; empty where it is none. */
  public static Optional<String> tactic(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    String current = plain.equals(FORMER_STEALTH) ? STEALTH : plain;
    return TACTICS.contains(current) ? Optional.of(current) : Optional.empty();
  }

  /** Of which edition it is; empty where the file does not say. */
  public String version() {
    return version;
  }

  /** The number of its edition; empty where the file does not say. */
  public OptionalInt edition() {
    int dot = version.indexOf('.');
    String whole = dot < 0 ? version : version.substring(0, dot);
    return whole.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(whole));
  }

  /** The short name that a tactic has in this edition. */
  public String called(String tactic) {
    boolean isFormer = edition().orElse(STEALTH_SINCE) < STEALTH_SINCE;
    return isFormer && tactic.equals(STEALTH) ? FORMER_STEALTH : tactic;
  }

  /** Whether techniques are known at all. */
  public boolean isKnown() {
    return !byId.isEmpty();
  }

  /** The technique of an id. */
  public Optional<Technique> technique(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Techniques that serve a tactic, by id, without their parts. */
  public List<Technique> of(String tactic) {
    return byId.values().stream()
        .filter(technique -> !technique.isSub() && technique.tactics().contains(tactic))
        .toList();
  }
}
