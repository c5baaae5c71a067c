//! A disk of its own that is really full when it is full. Only root can have one.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::hosted::folder;

/// The disk; it is gone when this is dropped.
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    /// One of so many megabytes; `None` where nobody may mount one.
    pub fn mount(megabytes: u32) -> Option<Self> {
        let folder = folder("small-disk");
        let mut mount = Command::new("mount");
        let size = format!("size={megabytes}m,mode=700");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&folder).stderr(Stdio::null());
        let mounted = mount.status().is_ok_and(|status| status.success());
        mounted.then_some(Self(folder))
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// Fills it to the last byte.
    pub fn fill(&self) {
        let mut file = File::options().append(true).create(true).open(self.filler());
        let file = file.as_mut().expect("a file");
        for size in [1 << 16, 512, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }

    /// Somebody deletes what filled it.
    pub fn make_room(&self) {
        fs::remove_file(self.filler()).expect("what filled it");
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
        let _ = fs::remove_dir_all(&self.0);
    }
}
