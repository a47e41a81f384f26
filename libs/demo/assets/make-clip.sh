#!/usr/bin/env bash
# Makes a clip, by default the demo's: demo.h264 (Annex B, 1280x720, 30 frames a second, constrained baseline, a key frame each second)
# and demo.opus (Ogg, stereo, 20 ms packets). Both last 12 s and end as they begin, so that they can be looped.
# Needs ffmpeg with libx264 and libopus. Usage: make-clip.sh [seconds between key frames] [profile] [path without extension]
# The fixture of the tests: BITRATE=900k libs/demo/assets/make-clip.sh 4 high test/fixtures/clips/high-4s
set -euo pipefail

gop_seconds=${1:-1}
profile=${2:-baseline}
out=${3:-$(dirname "$0")/demo}
seconds=12
rate=30
size=${SIZE:-1280x720}
bitrate=${BITRATE:-1300k}
font=/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf
thin=/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf

# Water that comes back to where it began: every term turns a whole number of times in 12 s.
turn='2*PI*T/12'
wave="sin(X/46+$turn)+sin(Y/23-2*$turn)+sin((X+Y)/58+3*$turn)"
water="geq=r='max(0,18+9*($wave))':g='74+20*($wave)':b='126+30*($wave)'"

# The second hand: a white dot that steps around a ring once in 12 s, on the beat of the sound.
ring_x='W/2+250*sin(2*PI*floor(t)/12)-w/2'
ring_y='H/2-250*cos(2*PI*floor(t)/12)-h/2'
dot="color=white:s=36x36:r=$rate:d=$seconds,format=yuva420p,geq=lum=255:cb=128:cr=128:a='255*clip(18-hypot(X-17.5,Y-17.5),0,1)'"

ffmpeg -hide_banner -loglevel error -y \
  -f lavfi -i "color=black:s=320x180:r=$rate:d=$seconds,format=gbrp,$water,scale=1280:720:flags=bicubic,format=yuv420p" \
  -f lavfi -i "$dot" \
  -filter_complex "[0][1]overlay=x='$ring_x':y='$ring_y',
    drawtext=fontfile=$font:text=Weir:fontsize=150:fontcolor=white:x=(w-tw)/2:y=(h-th)/2-34,
    drawtext=fontfile=$thin:text='demo channel':fontsize=38:fontcolor=white@0.85:x=(w-tw)/2:y=h/2+78,
    drawtext=fontfile=$thin:text='%{eif\:mod(t\,12)\:d\:2}.%{eif\:mod(t*10\,10)\:d}':fontsize=34:fontcolor=white@0.85:x=(w-tw)/2:y=h-70,
    scale=$size" \
  -frames:v $((seconds * rate)) -c:v libx264 -profile:v "$profile" -level 3.1 -preset slow -refs 3 -b:v "$bitrate" -maxrate "$bitrate" -bufsize "$bitrate" \
  -bf 0 -g $((gop_seconds * rate)) -keyint_min $((gop_seconds * rate)) -sc_threshold 0 \
  -x264-params "aud=1:repeat-headers=1:sliced-threads=0" -f h264 "$out.h264"

# Four chords of 3 s that swell and fall to silence, and a tick on each second.
chord() {
  local swell='0.10*pow(sin(PI*t/3),2)' tick='0.22*exp(-45*mod(t,1))*sin(2*PI*1320*mod(t,1))'
  echo "aevalsrc='$swell*(sin(2*PI*$1*t)+0.7*sin(2*PI*$2*t)+0.4*sin(2*PI*$3*t))+$tick|$swell*(0.7*sin(2*PI*$1*t)+sin(2*PI*$2*t)+0.6*sin(2*PI*$3*t))+$tick':s=48000:d=3"
}
ffmpeg -hide_banner -loglevel error -y \
  -f lavfi -i "$(chord 220 261.63 329.63)" -f lavfi -i "$(chord 174.61 220 261.63)" \
  -f lavfi -i "$(chord 130.81 196 329.63)" -f lavfi -i "$(chord 196 246.94 293.66)" \
  -filter_complex "concat=n=4:v=0:a=1" -c:a libopus -b:a 96k -frame_duration 20 -application audio -f ogg "$out.opus"

ls -l "$out.h264" "$out.opus"
