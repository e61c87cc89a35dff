package mo.farol.indicator;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who may be told: the Traffic Light Protocol 2.0, openest first. */
public enum Tlp {
  CLEAR,
  GREEN,
  AMBER,
  AMBER_STRICT,
  RED;

  // STIX 2.1 section 7.2.1.4 (TLP 1) and the OASIS marking definitions of TLP 2.0.
  private static final Map<String, Tlp> MARKINGS =
      Map.of(
          "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", CLEAR,
          "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", GREEN,
          "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", AMBER,
          "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", RED,
          "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", CLEAR,
          "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", GREEN,
          "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", AMBER,
          "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", AMBER_STRICT,
          "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", RED);

  /** As written behind {@code TLP:}, in lower case: {@code amber+strict}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '+');
  }

  /** Reads {@code amber}, {@code TLP:AMBER+STRICT}, {@code tlp:white}; empty for anything else. */
  public static Optional<Tlp> of(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    String word = lower.startsWith("tlp:") ? lower.substring(4) : lower;
    return switch (word) {
      case "clear", "white" -> Optional.of(CLEAR);
      case "green" -> Optional.of(GREEN);
      case "amber" -> Optional.of(AMBER);
      case "amber+strict", "amber-strict" -> Optional.of(AMBER_STRICT);
      case "red" -> Optional.of(RED);
      default -> Optional.empty();
    };
  }

  /** The label of one of the marking definitions that standards fix. */
  static Optional<Tlp> ofMarking(String id) {
    return Optional.ofNullable(MARKINGS.get(id));
  }

  /** The stricter of two. */
  Tlp or(Tlp other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
