//! Bytes that no honest server sends unasked.

/// The bytes as a gzip file that holds them as they are.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut file = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255];
    let pieces: Vec<&[u8]> = if bytes.is_empty() { vec![&[]] } else { bytes.chunks(usize::from(u16::MAX)).collect() };
    for (index, piece) in pieces.iter().enumerate() {
        let length = u16::try_from(piece.len()).unwrap_or(u16::MAX);
        file.push(u8::from(index + 1 == pieces.len()));
        file.extend(length.to_le_bytes());
        file.extend((!length).to_le_bytes());
        file.extend_from_slice(piece);
    }
    file.extend(checksum(bytes).to_le_bytes());
    file.extend(u32::try_from(bytes.len() & 0xFFFF_FFFF).unwrap_or_default().to_le_bytes());
    file
}

fn checksum(bytes: &[u8]) -> u32 {
    let shift = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_known_one() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
        let file = gzip(b"ab");
        assert!(file.starts_with(&[0x1F, 0x8B]) && file.ends_with(&[2, 0, 0, 0]));
    }
}
