package io.attestgate.govern;

import io.attestgate.wire.Address;
import java.util.List;

/**
 * Who holds which role of a policy and of what it stands on, and on what terms, as the endpoint
 * read it from the contracts.
 */
public record RoleTable(List<Row> rows) {
    public RoleTable {
        rows = List.copyOf(rows);
    }

    /**
     * One role or term.
     *
     * @param contract the contract's name in this project
     * @param at its address
     * @param what the role or the term
     * @param value who holds it, or what it is
     */
    public record Row(String contract, Address at, String what, String value) {}

    /** The table for people, a line each, with every contract's address where it begins. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        Address last = Address.ZERO;
        for (Row row : rows) {
            if (!row.at().equals(last)) {
                text.append("%s %s%n".formatted(row.contract(), row.at()));
                last = row.at();
            }
            text.append("  %-22s %s%n".formatted(row.what(), row.value()));
        }
        return text.toString();
    }
}
