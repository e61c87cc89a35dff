package mo.farol.event;

import java.util.Set;

/** The agencies a reader may see. Every query is built with one. */
public sealed interface Scope {
  /** Sees every agency: the centre's own people. */
  record National() implements Scope {}

  /** Sees these agencies only; an empty set sees nothing. */
  record Agencies(Set<String> ids) implements Scope {
    public Agencies {
      ids = Set.copyOf(ids);
    }
  }

  /** The scope of the centre's own people. */
  static Scope national() {
    return new National();
  }

  /** The scope of people of these agencies. */
  static Scope of(String... agencies) {
    return new Agencies(Set.of(agencies));
  }

  /** Whether what belongs to this agency may be shown. */
  default boolean sees(String agency) {
    return switch (this) {
      case National _ -> true;
      case Agencies(var ids) -> ids.contains(agency);
    };
  }
}
