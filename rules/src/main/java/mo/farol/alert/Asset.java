package mo.farol.alert;

/**
 * Something an agency has and how much hangs on it.
 *
 * @param agency agency id, or {@code *} for all
 * @param kind what the value is
 * @param value a host or user name ({@code *} stands for anything), or a network
 * @param criticality 1, little, to 5, everything
 * @param owner who answers for it; may be empty
 * @param service what it serves; may be empty
 */
public record Asset(
    String agency, Kind kind, String value, int criticality, String owner, String service) {
  /** What kind of thing. */
  public enum Kind {
    HOST("host.name"),
    USER("user.name"),
    NETWORK("ip");

    private final String field;

    Kind(String field) {
      this.field = field;
    }

    boolean isOf(String entityField) {
      return this == NETWORK ? entityField.endsWith(".ip") : entityField.equals(field);
    }
  }

  boolean fits(String ofAgency, Alert.Entity entity) {
    if (!kind.isOf(entity.field()) || !(agency.equals("*") || agency.equals(ofAgency))) {
      return false;
    }
    return kind == Kind.HOST
        ? Hosts.same(value, entity.value()) || Patterns.fits(value, entity.value())
        : Patterns.fits(value, entity.value());
  }
}
