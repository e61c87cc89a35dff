package mo.farol.event;

/**
 * Which sender of an agency spoke.
 *
 * @param agency agency id, decided by listener, certificate or token
 * @param host what the sender calls itself, else its address
 */
public record Source(String agency, String host) {}
