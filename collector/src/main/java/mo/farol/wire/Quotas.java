package mo.farol.wire;

import java.util.Map;

/**
 * Who may send how fast.
 *
 * @param agency of an agency that has none of its own
 * @param agencies by agency id
 * @param source of one sender's address within an agency
 */
public record Quotas(Quota agency, Map<String, Quota> agencies, Quota source) {
  /** Nobody is limited. */
  public static final Quotas NONE = new Quotas(Quota.NONE, Map.of(), Quota.NONE);

  public Quotas {
    agencies = Map.copyOf(agencies);
  }

  Quota of(String id) {
    return agencies.getOrDefault(id, agency);
  }
}
