package mo.farol.decision;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mo.farol.alert.Alert;
import mo.farol.alert.Asset;
import mo.farol.alert.Assets;
import mo.farol.alert.Circumstances;
import mo.farol.alert.Draft;
import mo.farol.alert.Hiding;
import mo.farol.ledger.Covers;
import mo.farol.ledger.RulePrecision;

/** What the desk asks about an alert before it goes out, answered from memory. */
public record Known(Supplier<Assets> assets, Covers covers, RulePrecision precision)
    implements Circumstances {
  @Override
  public Optional<Asset> asset(String agency, List<Alert.Entity> entities) {
    return assets.get().of(agency, entities);
  }

  @Override
  public Optional<Hiding> cover(Draft draft) {
    return covers.cover(draft);
  }

  @Override
  public double precision(String agency, String rule) {
    return precision.smoothed(agency, rule);
  }
}
