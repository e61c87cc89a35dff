package mo.farol.alert;

/**
 * A decision rule that costs more than it may.
 *
 * @param pkg package of its file, or empty where only the rule is known
 * @param rule its name, or empty where only the file is known
 * @param reason for people
 */
record Overrun(String pkg, String rule, String reason) {
  boolean isOf(String ofPackage, String name) {
    return (pkg.isEmpty() || pkg.equals(ofPackage)) && (rule.isEmpty() || rule.equals(name));
  }
}
