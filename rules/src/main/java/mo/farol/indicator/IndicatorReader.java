package mo.farol.indicator;

import java.util.Set;
import mo.farol.event.Scope;

/**
 * Who reads about indicators, as far as the Traffic Light Protocol 2.0 asks.
 *
 * @param scope the agencies they see
 * @param isOfCentre whether they are people of the centre, not of one agency
 * @param works whether they work alerts
 */
public record IndicatorReader(Scope scope, boolean isOfCentre, boolean works) {
  /**
   * Whether something with this label may be told: CLEAR and GREEN to everybody; AMBER and
   * AMBER+STRICT to the centre and the agencies it is meant for by name; RED to those of the centre
   * who work alerts, and the agencies named.
   *
   * @param agencies those it is meant for; empty for all
   */
  public boolean mayRead(Tlp tlp, Set<String> agencies) {
    boolean isNamed = agencies.stream().anyMatch(scope::sees) && !agencies.isEmpty();
    if (isNamed && !isOfCentre) {
      return true;
    }
    boolean isMeant = isOfCentre || agencies.isEmpty();
    return isMeant
        && switch (tlp) {
          case CLEAR, GREEN -> true;
          case AMBER, AMBER_STRICT -> isOfCentre;
          case RED -> isOfCentre && works;
        };
  }

  /**
   * Whether what an event of an agency hit may be told: AMBER too, since it must protect itself.
   */
  public boolean mayReadHit(Tlp tlp, String agency) {
    return scope.sees(agency) && (tlp == Tlp.AMBER || mayRead(tlp, Set.of()));
  }
}
