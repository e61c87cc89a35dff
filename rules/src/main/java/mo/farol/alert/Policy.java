package mo.farol.alert;

/**
 * Figures that decision rules read, as {@code desk.policy()}, instead of carrying them in their
 * text.
 *
 * @param campaignAgencies agencies that show the same technique before it is a campaign
 * @param riskScore points from which the risk of a host, user or address is an alert
 * @param warningAgencies agencies with grave alerts within an hour before a warning is proposed
 */
public record Policy(int campaignAgencies, int riskScore, int warningAgencies) {}
