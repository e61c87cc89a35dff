package mo.farol.incident;

import java.util.Set;
import mo.farol.sigma.Level;

/** What people change of a case. One that can't be meant is refused with a {@link Conflict}. */
public sealed interface CaseChange {
  /** Gives the case to somebody. */
  record Assign(String owner) implements CaseChange {}

  /** Moves the case on, or back. */
  record Move(State state) implements CaseChange {}

  /** Changes the grade, with the reason a review will ask for. */
  record Regrade(Level severity, String reason) implements CaseChange {
    public Regrade {
      if (reason.isBlank()) {
        throw new Conflict("a grade is changed with a reason");
      }
    }
  }

  /** Changes who may read about the case: a TLP 2.0 label without its prefix. */
  record Mark(String tlp) implements CaseChange {
    private static final Set<String> TLP = Set.of("RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR");

    public Mark {
      if (!TLP.contains(tlp)) {
        throw new Conflict("a TLP 2.0 label is RED, AMBER+STRICT, AMBER, GREEN or CLEAR");
      }
    }
  }

  /** Changes the class: a word of {@link IncidentPolicy#classes}. */
  record Classify(String category) implements CaseChange {
    public Classify {
      var classes = IncidentPolicy.classes();
      if (!classes.contains(category)) {
        throw new Conflict("an RSIT class is one of " + String.join(", ", classes));
      }
    }
  }
}
