package mo.farol.alert;

import java.util.Collection;
import java.util.stream.Collectors;

/** Several values as one text that no other values give, whatever an attacker writes into them. */
final class Groups {
  private Groups() {}

  static String key(Collection<String> values) {
    return values.stream()
        .map(value -> Bounded.text(value, 512).replace("\\", "\\\\").replace("|", "\\|"))
        .collect(Collectors.joining("|"));
  }
}
