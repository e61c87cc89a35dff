package mo.farol.api;

/**
 * How far the centre has come, as counts since the journal began.
 *
 * @param received frames taken
 * @param durable of them, on disk
 * @param indexed of them, searchable
 * @param detected of them, seen by every rule, their alerts kept
 */
public record Status(long received, long durable, long indexed, long detected) {}
