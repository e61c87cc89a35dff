package mo.farol.sigma;

/**
 * What a rule looks at: Sigma specification 2.1.0, section "Log Source". An empty part means any.
 *
 * @param product such as {@code windows}
 * @param category such as {@code process_creation}
 * @param service such as {@code sshd}
 */
public record LogSource(String product, String category, String service) {
  /** Whether no part is named. */
  public boolean isAny() {
    return product.isEmpty() && category.isEmpty() && service.isEmpty();
  }

  /** Whether everything this one names, the other names alike. */
  public boolean covers(LogSource other) {
    return (product.isEmpty() || product.equals(other.product))
        && (category.isEmpty() || category.equals(other.category))
        && (service.isEmpty() || service.equals(other.service));
  }

  @Override
  public String toString() {
    return product + "/" + category + "/" + service;
  }
}
