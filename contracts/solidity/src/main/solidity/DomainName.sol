// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title The names that a policy speaks of, in the one form that is compared.
/// @notice Lower-case A-labels of 1 to 63 characters joined by dots, 253 characters at most,
/// without a trailing dot (RFC 1035 section 2.3.4, RFC 1123 section 2.1); `*.` stands only in front.
library DomainName {
    /// @notice The octets of a name on the wire are 255 (RFC 1035 section 2.3.4), hence its characters.
    uint256 internal constant LENGTH_CHARS_MAX = 253;

    /// @notice The length field of a label has six bits (RFC 1035 section 2.3.4).
    uint256 internal constant LABEL_CHARS_MAX = 63;

    /// @notice The hash of the name `""`, which stands for the gateway as a whole.
    bytes32 internal constant WHOLE_GATEWAY = keccak256("");

    /// @notice `name` is not in the one form; the first fault is at character `position`.
    error MalformedName(string name, uint256 position);

    /// @notice A name of `length` characters is longer than any name can be.
    error NameTooLong(uint256 length);

    /// @notice `name` must be one name: neither `""` nor a wildcard.
    error NotOneName(string name);

    /// @notice Reverts unless `name` is `""`, a name, or `*.` and a name.
    function requireCanonical(string calldata name) internal pure {
        uint256 length = bytes(name).length;
        if (length > LENGTH_CHARS_MAX) revert NameTooLong(length);
        if (length > 0) _requireLabels(name, isWildcard(name) ? 2 : 0);
    }

    /// @notice Reverts unless `name` is a name and not a wildcard.
    function requireOneName(string calldata name) internal pure {
        requireCanonical(name);
        if (bytes(name).length == 0 || isWildcard(name)) revert NotOneName(name);
    }

    /// @notice Whether `name` begins with `*.`.
    function isWildcard(string calldata name) internal pure returns (bool) {
        return bytes(name).length > 1 && bytes(name)[0] == "*" && bytes(name)[1] == ".";
    }

    /// @notice The name itself, or the name that a wildcard stands below.
    function base(string calldata name) internal pure returns (bytes calldata) {
        return isWildcard(name) ? bytes(name)[2:] : bytes(name);
    }

    /// @notice `name` without its first label: empty for a name of one label.
    /// @dev Cuts at label boundaries only, so that `evila.example` is no child of `a.example`.
    function parent(bytes calldata name) internal pure returns (bytes calldata) {
        for (uint256 i = 0; i < name.length; ++i) {
            if (name[i] == ".") return name[i + 1:];
        }
        return name[name.length:];
    }

    function _requireLabels(string calldata name, uint256 from) private pure {
        bytes calldata chars = bytes(name);
        uint256 label = from;
        for (uint256 i = from; i < chars.length; ++i) {
            if (chars[i] == ".") {
                _requireLabelEnd(name, label, i);
                label = i + 1;
            } else if (!_isLabelChar(chars[i], i == label) || i - label == LABEL_CHARS_MAX) {
                revert MalformedName(name, i);
            }
        }
        _requireLabelEnd(name, label, chars.length);
    }

    function _requireLabelEnd(string calldata name, uint256 label, uint256 end) private pure {
        if (end == label) revert MalformedName(name, end);
        if (bytes(name)[end - 1] == "-") revert MalformedName(name, end - 1);
    }

    function _isLabelChar(bytes1 char, bool first) private pure returns (bool) {
        return
            (char >= "a" && char <= "z") || (char >= "0" && char <= "9") || (char == "-" && !first);
    }
}
