package mo.farol.alert;

/**
 * Figures that decision rules read instead of carrying them in their text.
 *
 * @param campaignAgencies agencies that show the same technique before it is a campaign
 */
public record Policy(int campaignAgencies) {}
