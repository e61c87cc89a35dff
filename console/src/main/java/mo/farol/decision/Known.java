package mo.farol.decision;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mo.farol.alert.Alert;
import mo.farol.alert.AlertContext;
import mo.farol.alert.Asset;
import mo.farol.alert.Assets;
import mo.farol.alert.Draft;
import mo.farol.alert.Suppression;
import mo.farol.ledger.RulePrecision;
import mo.farol.ledger.SuppressionRules;

/** What the desk asks about an alert before it goes out, answered from memory. */
public record Known(Supplier<Assets> assets, SuppressionRules covers, RulePrecision precision)
    implements AlertContext {
  @Override
  public Optional<Asset> asset(String agency, List<Alert.Entity> entities) {
    return assets.get().of(agency, entities);
  }

  @Override
  public Optional<Suppression> cover(Draft draft) {
    return covers.cover(draft);
  }

  @Override
  public double precision(String agency, String rule) {
    return precision.smoothed(agency, rule);
  }
}
