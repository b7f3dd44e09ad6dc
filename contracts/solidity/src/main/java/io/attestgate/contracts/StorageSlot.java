package io.attestgate.contracts;

/**
 * Where solc put a variable of a contract, or a member of a struct.
 *
 * @param number the slot, counted from the contract's first or from the struct's first
 * @param offsetBytes how many bytes from the slot's least significant end it begins
 * @param type solc's name of its type
 */
public record StorageSlot(long number, int offsetBytes, String type) {}
