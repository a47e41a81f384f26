import { section } from './language.js';

/** Texts of cameras, microphones and screens: what went wrong with them, and where to click. */
export const deviceWords = section({
  en: {
    names: { camera: 'Camera', microphone: 'Microphone', screen: 'Screen' },
    and: (names: readonly string[]) => names.join(' and '),
    tryAgain: 'Try again',
    errors: {
      insecure: (host: string) =>
        `Browsers lend camera and microphone only to secure pages, and http://${host} is none. Open this page over HTTPS, or as http://localhost on the server itself. Watching works here.`,
      denied: 'You or this browser said no.',
      'denied-by-system': 'The system does not let this browser in.',
      dismissed: 'The question was closed without an answer. Try again and choose “Allow”.',
      'not-found': 'None was found. Plug one in; it is taken as soon as it is there.',
      'in-use':
        'Another program is using it, or it failed to start. Close that program, then try again, or choose another one.',
      'not-matching': 'It cannot do what was asked. Choose another one or a lower quality.',
      'no-screen-sharing': 'This browser cannot share a screen. On a phone, use the camera instead.',
      other: 'It could not be opened. Unplug it and plug it in again, then try again.',
    },
    click: {
      chrome: 'Click the sliders left of the address, switch on Camera and Microphone, then try again.',
      firefox:
        'Click the crossed-out camera left of the address, remove “Blocked” with the ×, then try again and choose “Allow”.',
      safari:
        'In the menu, choose Safari, Settings for This Website…, set Camera and Microphone to “Allow”, then try again.',
      android: 'Tap the sliders left of the address, Permissions, allow Camera and Microphone, then try again.',
      ios: 'Tap the icon left of the address, the three dots, Website Settings, allow Camera and Microphone, then reload.',
      other: 'Allow camera and microphone for this page in the settings of your browser, then try again.',
    },
    system: {
      macos: 'System Settings, Privacy & Security, Camera and Microphone: switch this browser on, then start it again.',
      windows:
        'Settings, Privacy & security, Camera and Microphone: switch on “Let desktop apps access”, then try again.',
      linux: 'If the browser came as Snap or Flatpak, let it use camera and microphone, then start it again.',
      android: 'Settings, Apps, your browser, Permissions: allow Camera and Microphone, then try again.',
      ios: 'Settings, Apps, your browser: switch on Camera and Microphone, then reload this page.',
      other: 'Let the browser in, in the privacy settings of your device, then try again.',
    },
    news: {
      'fell-back': (label: string) => `The device in use went away. Now using: ${label}`,
      back: (label: string) => `Now using: ${label}`,
      lost: {
        camera: 'The camera went away. The broadcast goes on without a picture until one is plugged in.',
        microphone: 'The microphone went away. The broadcast goes on without sound until one is plugged in.',
      },
      offer: (label: string) => `New device: ${label}`,
      useIt: 'Use it',
      screenEnded: 'The screen is no longer shared.',
      dismiss: 'Dismiss',
    },
    black: 'The picture is black. Is the camera covered, or the lid closed?',
    mute: {
      camera: 'The camera gives no picture: it may be switched off at itself, or another program took it.',
      microphone: 'The microphone gives no sound: it may be switched off at itself or in the system.',
      screen: 'The screen gives no picture.',
    },
    speaker: 'Speaker',
    testSpeaker: 'Play a test sound',
  },
  ko: {
    names: { camera: '카메라', microphone: '마이크', screen: '화면' },
    and: (names) => names.join(', '),
    tryAgain: '다시 시도',
    errors: {
      insecure: (host) =>
        `브라우저는 보안 페이지에서만 카메라와 마이크를 쓸 수 있는데 http://${host} 는 그렇지 않습니다. HTTPS 주소로 열거나, 서버 컴퓨터에서 http://localhost 로 여세요. 시청은 여기서도 됩니다.`,
      denied: '사용자 또는 브라우저가 거절했습니다.',
      'denied-by-system': '시스템이 이 브라우저를 막고 있습니다.',
      dismissed: '대답 없이 창이 닫혔습니다. 다시 시도하고 “허용”을 누르세요.',
      'not-found': '장치를 찾지 못했습니다. 연결하면 바로 사용합니다.',
      'in-use':
        '다른 프로그램이 쓰고 있거나 시작하지 못했습니다. 그 프로그램을 닫고 다시 시도하거나 다른 장치를 고르세요.',
      'not-matching': '요청한 설정을 지원하지 않습니다. 다른 장치나 더 낮은 화질을 고르세요.',
      'no-screen-sharing': '이 브라우저는 화면을 공유할 수 없습니다. 휴대전화에서는 카메라를 쓰세요.',
      other: '열지 못했습니다. 장치를 뽑았다가 다시 꽂고 시도하세요.',
    },
    click: {
      chrome: '주소 왼쪽의 조절 아이콘을 누르고 카메라와 마이크를 켠 뒤 다시 시도하세요.',
      firefox: '주소 왼쪽의 줄이 그어진 카메라를 누르고 ×로 “차단됨”을 지운 뒤, 다시 시도하고 “허용”을 누르세요.',
      safari: '메뉴에서 Safari, 이 웹사이트 설정…을 열어 카메라와 마이크를 “허용”으로 바꾼 뒤 다시 시도하세요.',
      android: '주소 왼쪽의 조절 아이콘, 권한을 차례로 눌러 카메라와 마이크를 허용한 뒤 다시 시도하세요.',
      ios: '주소 왼쪽의 아이콘, 점 세 개, 웹사이트 설정을 차례로 눌러 카메라와 마이크를 허용한 뒤 새로 고치세요.',
      other: '브라우저 설정에서 이 페이지에 카메라와 마이크를 허용한 뒤 다시 시도하세요.',
    },
    system: {
      macos: '시스템 설정, 개인정보 보호 및 보안, 카메라와 마이크에서 이 브라우저를 켠 뒤 브라우저를 다시 시작하세요.',
      windows: '설정, 개인 정보 및 보안, 카메라와 마이크에서 “데스크톱 앱 액세스 허용”을 켠 뒤 다시 시도하세요.',
      linux: 'Snap이나 Flatpak으로 설치한 브라우저라면 카메라와 마이크를 허용한 뒤 다시 시작하세요.',
      android: '설정, 앱, 브라우저, 권한에서 카메라와 마이크를 허용한 뒤 다시 시도하세요.',
      ios: '설정, 앱, 브라우저에서 카메라와 마이크를 켠 뒤 이 페이지를 새로 고치세요.',
      other: '기기의 개인정보 설정에서 브라우저를 허용한 뒤 다시 시도하세요.',
    },
    news: {
      'fell-back': (label) => `쓰던 장치가 사라졌습니다. 지금 쓰는 장치: ${label}`,
      back: (label) => `지금 쓰는 장치: ${label}`,
      lost: {
        camera: '카메라가 사라졌습니다. 다시 연결할 때까지 화면 없이 방송합니다.',
        microphone: '마이크가 사라졌습니다. 다시 연결할 때까지 소리 없이 방송합니다.',
      },
      offer: (label) => `새 장치: ${label}`,
      useIt: '이 장치 쓰기',
      screenEnded: '화면 공유가 끝났습니다.',
      dismiss: '닫기',
    },
    black: '화면이 검습니다. 카메라가 가려졌거나 덮개가 닫혀 있나요?',
    mute: {
      camera: '카메라에서 화면이 오지 않습니다. 카메라 스위치가 꺼졌거나 다른 프로그램이 쓰고 있을 수 있습니다.',
      microphone: '마이크에서 소리가 오지 않습니다. 마이크 스위치나 시스템에서 꺼져 있을 수 있습니다.',
      screen: '화면이 오지 않습니다.',
    },
    speaker: '스피커',
    testSpeaker: '시험 소리 내기',
  },
});
