package mo.farol.app;

import java.time.DateTimeException;
import java.time.ZoneId;
import mo.farol.centre.Usage;

/** Time zones as people name them. */
final class Zones {
  private Zones() {}

  /** The id itself, once it is known to name a zone. */
  static String check(String id) {
    try {
      return ZoneId.of(id).getId();
    } catch (DateTimeException e) {
      throw new Usage("no time zone '" + id + "'; write UTC or Asia/Macau");
    }
  }
}
