package mo.farol.indicator;

/**
 * A collection of a TAXII server (TAXII 2.1 section 5.2.1).
 *
 * @param canRead whether we may ask for its objects
 */
public record TaxiiCollection(String id, String title, boolean canRead) {}
