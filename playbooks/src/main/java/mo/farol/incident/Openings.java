package mo.farol.incident;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of every case just opened, after it is durable. */
final class Openings {
  private static final Logger LOG = LoggerFactory.getLogger(Openings.class);

  private final List<Consumer<Incident>> listeners = new CopyOnWriteArrayList<>();

  void add(Consumer<Incident> listener) {
    listeners.add(listener);
  }

  void tell(Incident incident) {
    for (var listener : listeners) {
      try {
        listener.accept(incident);
      } catch (RuntimeException e) {
        LOG.error("case {} is open, but what follows from it failed", incident.id(), e);
      }
    }
  }
}
