//! A network of its own: a namespace in which there is a loopback and nothing else.

use std::{fs, io};

use rustix::{
    net::{
        AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, netlink::SocketAddrNetlink, recv, sendto,
        socket_with,
    },
    process::{getegid, geteuid},
    thread::UnshareFlags,
};

/// Leave the network for an empty one. Only before there is a second thread.
pub(super) fn leave() -> io::Result<()> {
    let user = geteuid();
    if !(user.is_root() && unshare(UnshareFlags::NEWNET).is_ok()) {
        let group = getegid();
        unshare(UnshareFlags::NEWUSER | UnshareFlags::NEWNET)?;
        // Everybody stays who they are. The kernel wants this order.
        fs::write("/proc/self/uid_map", format!("{user} {user} 1"))?;
        fs::write("/proc/self/setgroups", "deny")?;
        fs::write("/proc/self/gid_map", format!("{group} {group} 1"))?;
    }
    raise_loopback()
}

#[expect(deprecated, reason = "it is so because of the flag FILES, which is not used here")]
fn unshare(flags: UnshareFlags) -> io::Result<()> {
    Ok(rustix::thread::unshare(flags)?)
}

/// `RTM_NEWLINK`: change an interface.
const NEW_LINK: u16 = 16;
/// `NLM_F_REQUEST | NLM_F_ACK`
const REQUEST: u16 = 1 | 4;
/// `NLMSG_ERROR`, which brings the acknowledgement too.
const ERROR: [u8; 2] = 2_u16.to_ne_bytes();
/// `IFF_UP`
const UP: u32 = 1;
/// In each namespace, the loopback is the first.
const LOOPBACK: i32 = 1;

fn raise_loopback() -> io::Result<()> {
    let kernel = SocketAddrNetlink::new(0, 0);
    let socket = socket_with(AddressFamily::NETLINK, SocketType::RAW, SocketFlags::CLOEXEC, None)?;
    sendto(&socket, &message(), SendFlags::empty(), &kernel)?;
    let mut answer = [0_u8; 128];
    let (_, length) = recv(&socket, &mut answer[..], RecvFlags::empty())?;
    match refusal(answer.get(..length).unwrap_or_default()) {
        Some(0) => Ok(()),
        Some(code) => Err(io::Error::from_raw_os_error(code.saturating_neg())),
        None => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// `struct nlmsghdr` (length, type, flags, number, port), then `struct ifinfomsg` (family, type, index, flags, mask).
fn message() -> Vec<u8> {
    let length: u32 = 32;
    let mut bytes = length.to_ne_bytes().to_vec();
    bytes.extend([NEW_LINK.to_ne_bytes(), REQUEST.to_ne_bytes()].concat());
    bytes.extend([1_u32.to_ne_bytes(), 0_u32.to_ne_bytes(), 0_u32.to_ne_bytes()].concat());
    bytes.extend([LOOPBACK.to_ne_bytes(), UP.to_ne_bytes(), UP.to_ne_bytes()].concat());
    bytes
}

/// The code of an answer; zero if all went well.
fn refusal(answer: &[u8]) -> Option<i32> {
    let is_error = answer.get(4..6)? == ERROR;
    let code = answer.get(16..20)?.try_into().ok().map(i32::from_ne_bytes)?;
    is_error.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_as_long_as_it_says() {
        assert_eq!(message().len(), 32);
    }

    #[test]
    fn an_answer_is_read() {
        let answer = |kind: u16, code: i32| {
            let head = [&36_u32.to_ne_bytes()[..], &kind.to_ne_bytes(), &[0; 10], &code.to_ne_bytes()];
            head.concat()
        };
        assert_eq!(refusal(&answer(2, 0)), Some(0));
        assert_eq!(refusal(&answer(2, -1)), Some(-1));
        assert_eq!(refusal(&answer(3, 0)), None);
        assert_eq!(refusal(&[2; 10]), None);
    }
}
