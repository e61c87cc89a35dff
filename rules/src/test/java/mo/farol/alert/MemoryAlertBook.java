package mo.farol.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An alert book that forgets what was saved since the last checkpoint, as a crash would. */
final class MemoryAlertBook implements AlertBook {
  private final Map<String, Alert> kept = new LinkedHashMap<>();
  private final Map<String, Alert> saved = new LinkedHashMap<>();
  private long next;
  private int asked;

  @Override
  public long next() {
    saved.clear();
    return next;
  }

  @Override
  public List<Alert> growing() {
    return new ArrayList<>(kept.values());
  }

  @Override
  public List<Alert> recent() {
    asked++;
    return growing();
  }

  @Override
  public void save(Alert alert) {
    saved.put(alert.id(), alert);
  }

  @Override
  public void checkpoint(long next) {
    kept.putAll(saved);
    saved.clear();
    this.next = next;
  }

  /** How often it was asked for recent alerts. */
  int asked() {
    return asked;
  }

  List<Alert> alerts() {
    return List.copyOf(kept.values());
  }
}
